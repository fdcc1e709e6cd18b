import { LightningElement, api, track } from 'lwc';
import { components } from '@sandbox/components';
import { request } from '@sandbox/request';

const PATH = '/__sandbox/flow-interviews';

/**
 * lightning-flow of the local page: starts a screen flow in the simulated flow runtime of the local org and shows its
 * screens, one after another. It knows what the screens of the project use and refuses everything else.
 */
export default class Flow extends LightningElement {
  /** `NONE` leaves the end of the flow in view, `RESTART` begins again. */
  @api flowFinishBehavior = 'RESTART';

  @track screen;
  parts = [];
  values = {};
  error;
  busy = false;
  done = false;
  _name;
  _inputs;

  @api
  get flowApiName() {
    return this._name;
  }
  set flowApiName(name) {
    this._name = name;
    this.begin();
  }

  @api
  get flowInputVariables() {
    return this._inputs;
  }
  set flowInputVariables(inputs) {
    this._inputs = inputs;
  }

  @api
  startFlow(name, inputs) {
    this._inputs = inputs;
    this._name = name;
    return this.start();
  }

  /** Attributes arrive one by one; the flow starts once they are all there. */
  begin() {
    if (!this._name || this.starting) return;
    this.starting = true;
    void Promise.resolve().then(() => {
      this.starting = false;
      return this.start();
    });
  }

  start() {
    const inputs = Object.fromEntries((this._inputs ?? []).map(({ name, value }) => [name, value]));
    return this.go(PATH, { flow: this._name, inputs }, 'STARTED');
  }

  next() {
    return this.go(`${PATH}/${this.interviewId}/next`, { values: this.values }, 'STARTED');
  }

  fill({ target }) {
    this.values = { ...this.values, [target.name]: target.checked };
  }

  async go(path, body, status) {
    this.busy = true;
    try {
      const answer = await request(path, { method: 'POST', body });
      if (!answer.ok)
        throw new Error(answer.body?.[0]?.message ?? `The flow runtime answered ${answer.status}`);
      await this.show(answer.body, status);
    } catch (error) {
      this.fail(error.message);
    } finally {
      this.busy = false;
    }
  }

  async show({ interviewId, status, screen, outputs, error }, event) {
    this.interviewId = interviewId;
    if (status === 'error') {
      this.fail(error);
      return;
    }
    if (status === 'waiting') {
      this.parts = await Promise.all(screen.components.map((part) => this.partOf(part)));
      this.values = {};
      this.screen = { label: screen.label, button: screen.button ?? 'Next' };
      this.tell(event);
      return;
    }
    this.screen = undefined;
    this.done = true;
    const variables = Object.entries(outputs ?? {}).map(([name, value]) => ({ name, value }));
    this.tell('FINISHED', variables);
    if (this.flowFinishBehavior === 'RESTART' && this.isConnected) await this.start();
  }

  async partOf({ name, type, label, value, componentName, inputs }) {
    if (type === 'DisplayText') return { name, isText: true, value };
    if (type === 'ComponentInstance') {
      const load = components[componentName];
      if (!load) throw new Error(`${componentName}: found no exposed component of this name`);
      return { name, isComponent: true, constructor: (await load()).default, inputs };
    }
    if (type === 'InputField') return { name, isCheckbox: true, label, checked: value === 'true' };
    throw new Error(`Screen field ${label || name} of type ${type} is not modelled by the local page`);
  }

  fail(message) {
    this.screen = undefined;
    this.error = message;
    this.tell('ERROR');
  }

  tell(status, outputVariables = []) {
    const detail = {
      status,
      flowTitle: this.screen?.label ?? this._name,
      guid: this.interviewId,
      outputVariables,
    };
    this.dispatchEvent(new CustomEvent('statuschange', { detail }));
  }
}

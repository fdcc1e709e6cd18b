import { LightningElement, api, wire } from 'lwc';
import { executeMutation, graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import refreshPermission from '@salesforce/customPermission/Refresh_Health_Scores';
import { CARD, NOTHING, RAISE, RESOLVE, readAnswer } from 'c/healthData';
import { errorNotice, isHidden } from 'c/healthErrors';
import * as LABELS from 'c/healthLabels';
import { storyOf } from 'c/healthStory';

/** Later than every month: the newest score, whichever it is. */
const NO_END = '9999-12';

/** @typedef {import('lightning/graphql').GraphqlResult} Result */

/**
 * The health card of an account, of its newest score or as of an earlier month. Asks the org, places the parts, and does
 * what their events ask for: they bubble, so that each is heard in one place.
 */
export default class HealthCard extends NavigationMixin(LightningElement) {
  labels = { loading: LABELS.loading, raise: LABELS.raise, title: LABELS.title };

  /**
   * An account.
   * @type {string | undefined}
   */
  @api recordId;
  /**
   * The month `YYYY-MM` to look at, and none after it; then nothing is changed from here. Without it the newest.
   * @type {string | undefined}
   */
  @api upTo;

  /** @type {import('c/healthNotice').Notice | null} */
  error = null;
  /** @type {ReturnType<typeof storyOf> | null} */
  story = null;
  refreshing = false;
  opened = false;
  /** @type {import('c/healthSignalForm').Request | null} */
  form = null;
  /** @type {Result['refresh']} */
  again;
  /** @type {string | undefined} */
  handler;

  @wire(graphql, { query: CARD, variables: '$variables' })
  take(/** @type {Result} */ { data, errors, refresh }) {
    this.again = refresh;
    const answer = readAnswer(data);
    if (isHidden(errors)) this.tell(NOTHING);
    // An error beside a score that was read before leaves that score in view.
    else if (errors)
      this.error = errorNotice(LABELS.notRead, errors, { act: 'reload', label: LABELS.tryAgain });
    // Nothing has come yet: what is shown stays.
    else if (answer) this.tell(answer);
  }

  connectedCallback() {
    this.handler = registerRefreshHandler(this, this.reload);
  }

  disconnectedCallback() {
    if (this.handler !== undefined) unregisterRefreshHandler(this.handler);
  }

  get past() {
    return this.upTo !== undefined;
  }

  get variables() {
    const { recordId, upTo = NO_END } = this;
    return recordId ? { accountId: recordId, scope: recordId, upTo } : undefined;
  }

  /** The reader's day: what presses does so by it. The score knows its own day. */
  get today() {
    // Written as days are stored.
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
  }

  get expanded() {
    return String(this.opened);
  }

  get toggleLabel() {
    return this.opened ? LABELS.fewerDetails : LABELS.details;
  }

  /** Beside the title of the parts, where there are any. */
  get toggleStyle() {
    return this.story?.parts ? 'link toggle beside' : 'link toggle';
  }

  get detailsStyle() {
    return this.opened ? 'column' : 'column details';
  }

  get scale() {
    return this.story?.headline?.scale;
  }

  get window() {
    return this.story?.headline?.now;
  }

  get loading() {
    return this.story === null && this.error === null;
  }

  get mayRefresh() {
    return refreshPermission === true && !this.past;
  }

  /** One button starts a refresh and puts it away: who works by keyboard stays where they are. */
  get refreshButton() {
    if (!this.mayRefresh || this.story?.kind === 'hidden') return null;
    return this.refreshing
      ? { act: 'close', icon: 'utility:close', label: LABELS.close }
      : { act: 'refresh', icon: 'utility:refresh', label: LABELS.refresh };
  }

  get flowInputs() {
    return [{ name: 'recordId', type: 'String', value: this.recordId }];
  }

  tell(/** @type {import('c/healthData').Answer} */ answer) {
    const { today, mayRefresh, past } = this;
    this.error = null;
    this.story = storyOf(answer, { today, locale, timeZone, mayRefresh, past });
  }

  handleRefresh() {
    this.refreshing = true;
  }

  handleRefreshToggle() {
    this.refreshing = !this.refreshing;
  }

  async handleRefreshStatus(/** @type {CustomEvent<{ status: string }>} */ event) {
    if (!event.detail.status.startsWith('FINISHED')) return;
    this.refreshing = false;
    await this.reload();
  }

  handleReload() {
    return this.reload();
  }

  async reload() {
    await this.again?.();
  }

  handleRaise() {
    this.ask('raise');
  }

  handleResolve(/** @type {CustomEvent<{ id: string }>} */ event) {
    this.ask('resolve', event.detail.id);
  }

  ask(/** @type {'raise' | 'resolve'} */ kind, id = '') {
    this.form = { kind, id, today: this.today, busy: false, error: null };
  }

  handleCancel() {
    this.closeForm();
  }

  /** Who works by keyboard goes on where a form is opened. */
  closeForm() {
    this.form = null;
    const button = /** @type {HTMLElement | null | undefined} */ (this.template?.querySelector('.raise'));
    button?.focus();
  }

  async handleSave(/** @type {CustomEvent<{ fields: Record<string, unknown> }>} */ event) {
    const { form } = this;
    if (form === null || form.busy) return;
    this.form = { ...form, busy: true };
    const raising = form.kind === 'raise';
    const { fields } = event.detail;
    const input = raising
      ? { Churn_Signal__c: { Account__c: this.recordId, ...fields } }
      : { Id: form.id, Churn_Signal__c: fields };
    const { errors } = await executeMutation({
      query: raising ? RAISE : RESOLVE,
      variables: { input },
    }).catch((error) => ({ errors: [error] }));
    if (errors?.length) {
      this.form = { ...form, error: errorNotice(LABELS.notSaved, errors) };
      return;
    }
    this.closeForm();
    const title = raising ? LABELS.raised : LABELS.resolved;
    this.dispatchEvent(new ShowToastEvent({ title, message: LABELS.countsAfterRefresh, variant: 'success' }));
    await this.reload();
    // Only a refresh lets go of the score.
    this.refreshing ||= !raising && this.mayRefresh;
  }

  handleDetails() {
    this.opened = !this.opened;
  }

  /** What the headline counts stands in the details. */
  async handleSignals() {
    this.opened = true;
    await Promise.resolve();
    this.template?.querySelector('[data-id="signals"]')?.scrollIntoView?.({ block: 'nearest' });
  }

  /** Where the points of a metric are lost is shown in its part. */
  async handleShow(/** @type {CustomEvent<{ id: string }>} */ event) {
    const { id } = event.detail;
    const parts = /** @type {(HTMLElement & { open: (metric: string) => void }) | null} */ (
      this.template?.querySelector('c-health-parts')
    );
    parts?.open(id);
    await Promise.resolve();
    parts?.scrollIntoView?.({ block: 'nearest' });
  }

  handleOpen(/** @type {CustomEvent<{ object: string, id: string }>} */ event) {
    const { object: objectApiName, id: recordId } = event.detail;
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId, objectApiName, actionName: 'view' },
    });
  }

  /**
   * The page of a new task, filled in. Not a mutation: the UI API does not carry tasks, and a person should see what
   * they promise, to whom and by when.
   */
  handleTask(/** @type {CustomEvent<{ fields: Record<string, string> }>} */ event) {
    this[NavigationMixin.Navigate]({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Task', actionName: 'new' },
      state: {
        defaultFieldValues: encodeDefaultFieldValues({ ...event.detail.fields, WhatId: this.recordId ?? '' }),
      },
    });
  }
}

import { LightningElement, api, wire } from 'lwc';
import { executeMutation, graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import locale from '@salesforce/i18n/locale';
import refreshPermission from '@salesforce/customPermission/Refresh_Health_Scores';
import { CARD, NOTHING, PLACE_OF_SCORE, RAISE, RESOLVE, readAnswer, rowsOf } from 'c/healthData';
import { errorNotice, isHidden } from 'c/healthErrors';
import * as LABELS from 'c/healthLabels';
import { storyOf } from 'c/healthStory';

/** Later than every month: the newest score, whichever it is. */
const NO_END = '9999-12';

/** @typedef {import('lightning/graphql').GraphqlResult} Result */
/** @typedef {{ kind: 'raise' | 'resolve', id?: string }} Form */

/**
 * The health card on an account's page, or on the page of one of its scores. Asks the org, places the parts, and does what
 * their events ask for: they bubble, so that each is heard in one place.
 */
export default class HealthCard extends NavigationMixin(LightningElement) {
  labels = {
    loading: LABELS.loading,
    raise: LABELS.raise,
    scoreRecord: LABELS.scoreRecord,
    title: LABELS.title,
  };

  /** @type {string | undefined} */
  @api recordId;
  /** @type {string | undefined} */
  @api objectApiName;

  /** @type {{ accountId: string, upTo: string } | undefined} of a score's own page */
  place;
  /** @type {import('c/healthNotice').Notice | null} */
  error = null;
  /** @type {ReturnType<typeof storyOf> | null} */
  story = null;
  refreshing = false;
  /** @type {Form | null} */
  form = null;
  saving = false;
  /** @type {import('c/healthNotice').Notice | null} */
  saveError = null;
  /** @type {Result['refresh']} */
  again;
  /** @type {string | undefined} */
  handler;

  @wire(graphql, { query: '$placeQuery', variables: '$placeVariables' })
  takePlace(/** @type {Result} */ { data, errors }) {
    const query =
      /** @type {{ uiapi?: { query?: Record<string, import('c/healthData').Connection> } } | undefined} */ (
        data
      )?.uiapi?.query;
    const [row] = rowsOf(query?.Health_Score__c);
    if (row) this.place = { accountId: String(row.Account__c), upTo: String(row.Period__c) };
    // Hidden, deleted, or none: without a place there is nothing to ask for.
    else if (errors || query) this.fail(errors ?? LABELS.scoreGone);
  }

  @wire(graphql, { query: CARD, variables: '$variables' })
  take(/** @type {Result} */ { data, errors, refresh }) {
    this.again = refresh;
    const answer = readAnswer(data);
    if (errors) this.fail(errors);
    // Nothing has come yet: what is shown stays.
    else if (answer) this.tell(answer);
  }

  connectedCallback() {
    this.handler = registerRefreshHandler(this, this.reload);
  }

  disconnectedCallback() {
    if (this.handler !== undefined) unregisterRefreshHandler(this.handler);
  }

  get onScore() {
    return this.objectApiName === 'Health_Score__c';
  }

  get placeQuery() {
    return this.onScore ? PLACE_OF_SCORE : undefined;
  }

  get placeVariables() {
    return this.onScore && this.recordId ? { recordId: this.recordId } : undefined;
  }

  get accountId() {
    return this.onScore ? this.place?.accountId : this.recordId;
  }

  get variables() {
    const { accountId } = this;
    if (!accountId) return undefined;
    return { accountId, scope: accountId, upTo: this.place?.upTo ?? NO_END };
  }

  /** The reader's clock tells only how long a signal still counts; the score knows its own day. */
  get today() {
    return new Date().toISOString().slice(0, 10);
  }

  get window() {
    return this.story?.headline?.window;
  }

  get loading() {
    return this.story === null && this.error === null;
  }

  get mayRefresh() {
    return refreshPermission === true && !this.onScore;
  }

  get canRefresh() {
    return this.mayRefresh && this.story?.kind !== 'hidden';
  }

  /** One button starts a refresh and puts it away: who works by keyboard stays where they are. */
  get refreshButton() {
    return this.refreshing
      ? { act: 'close', icon: 'utility:close', label: LABELS.close }
      : { act: 'refresh', icon: 'utility:refresh', label: LABELS.refresh };
  }

  get flowInputs() {
    return [{ name: 'recordId', type: 'String', value: this.recordId }];
  }

  tell(/** @type {import('c/healthData').Answer} */ answer) {
    const { today, mayRefresh } = this;
    this.error = null;
    this.story = storyOf(answer, { today, locale, mayRefresh, past: this.onScore });
  }

  /** An error beside a score that was read before leaves that score in view. */
  fail(/** @type {unknown} */ errors) {
    if (isHidden(errors)) this.tell(NOTHING);
    else this.error = errorNotice(LABELS.notRead, errors, { act: 'reload', label: LABELS.tryAgain });
  }

  refresh() {
    this.refreshing = true;
  }

  toggleRefresh() {
    this.refreshing = !this.refreshing;
  }

  async endRefresh(/** @type {CustomEvent<{ status: string }>} */ event) {
    if (!event.detail.status.startsWith('FINISHED')) return;
    this.refreshing = false;
    await this.reload();
  }

  async reload() {
    await this.again?.();
  }

  raise() {
    this.ask({ kind: 'raise' });
  }

  resolve(/** @type {CustomEvent<{ id: string }>} */ event) {
    this.ask({ kind: 'resolve', id: event.detail.id });
  }

  ask(/** @type {Form} */ form) {
    this.saveError = null;
    this.form = form;
  }

  /** Who works by keyboard goes on where the form was opened. */
  closeForm() {
    this.form = null;
    const button = /** @type {HTMLElement | null | undefined} */ (
      this.template?.querySelector('[data-act="raise"]')
    );
    button?.focus();
  }

  async save(/** @type {CustomEvent<{ fields: Record<string, unknown> }>} */ event) {
    const { form } = this;
    if (form === null || this.saving) return;
    this.saving = true;
    const raising = form.kind === 'raise';
    const signal = event.detail.fields;
    const input = raising
      ? { Churn_Signal__c: { Account__c: this.accountId, ...signal } }
      : { Id: form.id, Churn_Signal__c: signal };
    try {
      const { errors } = await executeMutation({ query: raising ? RAISE : RESOLVE, variables: { input } });
      this.saveError = errors?.length ? errorNotice(LABELS.notSaved, errors) : null;
    } catch (error) {
      this.saveError = errorNotice(LABELS.notSaved, error);
    }
    this.saving = false;
    if (this.saveError) return;
    this.closeForm();
    const title = raising ? LABELS.raised : LABELS.resolved;
    this.dispatchEvent(new ShowToastEvent({ title, message: LABELS.countsAfterRefresh, variant: 'success' }));
    await this.reload();
  }

  /** Where the points of a metric are lost is shown in its part. */
  async show(/** @type {CustomEvent<{ id: string }>} */ event) {
    const { id } = event.detail;
    const parts = /** @type {(HTMLElement & { open: (metric: string) => void }) | null} */ (
      this.template?.querySelector('c-health-parts')
    );
    parts?.open(id);
    await Promise.resolve();
    parts?.scrollIntoView?.({ block: 'nearest' });
  }

  open(/** @type {CustomEvent<{ object: string, id: string }>} */ event) {
    this.openRecord(event.detail.object, event.detail.id);
  }

  openScore() {
    this.openRecord('Health_Score__c', this.story?.proof?.record ?? '');
  }

  openRecord(/** @type {string} */ objectApiName, /** @type {string} */ recordId) {
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId, objectApiName, actionName: 'view' },
    });
  }

  /**
   * The page of a new task, filled in. Not a mutation: the UI API does not carry tasks, and a person should see what
   * they promise, to whom and by when.
   */
  createTask(/** @type {CustomEvent<{ subject: string, description: string }>} */ event) {
    const { subject: Subject, description: Description } = event.detail;
    this[NavigationMixin.Navigate]({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Task', actionName: 'new' },
      state: {
        defaultFieldValues: encodeDefaultFieldValues({ Subject, Description, WhatId: this.accountId ?? '' }),
      },
    });
  }
}

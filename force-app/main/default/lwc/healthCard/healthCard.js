import { LightningElement, api, wire } from 'lwc';
import { executeMutation, graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import locale from '@salesforce/i18n/locale';
import mayRefresh from '@salesforce/customPermission/Refresh_Health_Scores';
import { CARD, PLACE_OF_SCORE, RAISE, RESOLVE, readAnswer, rowsOf } from 'c/healthData';
import { isHidden } from 'c/healthErrors';
import * as LABELS from 'c/healthLabels';
import { storyOf } from 'c/healthStory';

/** Later than every month: the newest score, whichever it is. */
const NO_END = '9999-12';

/** @typedef {import('lightning/graphql').GraphqlResult} Result */
/** @typedef {{ kind: 'raise' | 'resolve', id: string }} Form */

/**
 * What a score's own page tells: how refreshes go today, and signals that came later, say nothing of its month.
 *
 * @param {import('c/healthData').Answer} answer
 */
const asOfScore = (answer) => ({
  ...answer,
  signals: answer.signals.filter(
    ({ Date_Observed__c: seen }) => String(seen ?? '') <= String(answer.score?.Window_End__c ?? ''),
  ),
  ended: null,
  touched: null,
});

/** The health card on an account's page, or on the page of one of its scores. Asks the org, and arranges the parts. */
export default class HealthCard extends NavigationMixin(LightningElement) {
  labels = {
    close: LABELS.close,
    notRead: LABELS.notRead,
    refresh: LABELS.refresh,
    title: LABELS.title,
    tryAgain: LABELS.tryAgain,
  };
  mayRefresh = mayRefresh === true;

  /** @type {string | undefined} */
  @api recordId;
  /** @type {string | undefined} */
  @api objectApiName;

  /** @type {{ accountId: string, upTo: string } | undefined} of a score's own page */
  place;
  /** @type {unknown} */
  error;
  /** @type {import('c/healthData').Answer | null} */
  answer = null;
  /** @type {ReturnType<typeof storyOf> | null} */
  story = null;
  refreshing = false;
  /** @type {Form | null} */
  form = null;
  saving = false;
  /** @type {unknown} */
  saveError;
  /** @type {Result['refresh']} */
  again;
  /** @type {string | undefined} */
  handler;

  @wire(graphql, { query: '$placeQuery', variables: '$placeVariables' })
  takePlace(/** @type {Result} */ { data, errors }) {
    if (errors) this.error = errors;
    const query =
      /** @type {{ uiapi?: { query?: Record<string, import('c/healthData').Connection> } } | undefined} */ (
        data
      )?.uiapi?.query;
    if (!query) return;
    const [row] = rowsOf(query.Health_Score__c);
    // Hidden, deleted, or none: without a place there is nothing to ask for.
    if (row) this.place = { accountId: String(row.Account__c), upTo: String(row.Period__c) };
    else this.error = [{ message: LABELS.scoreGone }];
  }

  @wire(graphql, { query: CARD, variables: '$variables' })
  take(/** @type {Result} */ { data, errors, refresh }) {
    this.again = refresh;
    if (errors) {
      this.error = errors;
      return;
    }
    const answer = readAnswer(data);
    // Nothing has come yet: what is shown stays.
    if (answer === null) return;
    this.error = undefined;
    this.answer = answer;
    this.story = storyOf(this.onScore ? asOfScore(answer) : answer, { today: this.today, locale });
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

  get hidden() {
    return this.story?.kind === 'hidden' || (this.story === null && isHidden(this.error));
  }

  get state() {
    if (this.hidden) return 'hidden';
    if (this.story === null) return this.error ? '' : 'loading';
    return this.story.kind === 'none' ? 'none' : '';
  }

  get hasScore() {
    return this.story !== null && (this.story.kind === 'scored' || this.story.kind === 'unscored');
  }

  /** An error beside a score that was read before leaves that score in view. */
  get showError() {
    return this.error !== undefined && !this.hidden;
  }

  get showSignals() {
    return this.story !== null && !this.hidden;
  }

  get canRefresh() {
    return this.mayRefresh && !this.onScore && !this.hidden && !this.refreshing;
  }

  get mayRaise() {
    return this.answer?.mayRaise === true && !this.onScore;
  }

  get mayResolve() {
    return this.answer?.mayResolve === true && !this.onScore;
  }

  get subtitle() {
    const { window = '', compared = '' } = this.story?.headline ?? {};
    return [window, compared].filter(Boolean).join(', ');
  }

  get notices() {
    return (this.story?.notices ?? []).map((notice) => ({
      ...notice,
      action: notice.runId ? LABELS.openRun : undefined,
    }));
  }

  get addedOn() {
    return this.story?.addedOn ?? '';
  }

  get inPopulation() {
    return this.story?.inPopulation ?? false;
  }

  get linked() {
    return !this.onScore;
  }

  get flowInputs() {
    return [{ name: 'recordId', type: 'String', value: this.recordId }];
  }

  refresh() {
    this.refreshing = true;
  }

  async endRefresh(/** @type {CustomEvent<{ status: string }>} */ event) {
    if (!event.detail.status.startsWith('FINISHED')) return;
    this.refreshing = false;
    await this.reload();
  }

  closeRefresh() {
    this.refreshing = false;
  }

  async reload() {
    await this.again?.();
  }

  raise() {
    this.saveError = undefined;
    this.form = { kind: 'raise', id: '' };
  }

  resolve(/** @type {CustomEvent<{ id: string }>} */ event) {
    this.saveError = undefined;
    this.form = { kind: 'resolve', id: event.detail.id };
  }

  cancel() {
    this.form = null;
    this.backToSignals();
  }

  /** Who works by keyboard goes on where the form was opened. */
  backToSignals() {
    const signals = /** @type {(HTMLElement & { focusRaise: () => void }) | null | undefined} */ (
      this.template?.querySelector('c-health-signals')
    );
    signals?.focusRaise();
  }

  async save(/** @type {CustomEvent<{ fields: Record<string, unknown> }>} */ event) {
    const { form } = this;
    if (form === null || this.saving) return;
    this.saving = true;
    const { fields } = event.detail;
    const raising = form.kind === 'raise';
    const input = raising
      ? { Churn_Signal__c: { Account__c: this.accountId, ...fields } }
      : { Id: form.id, Churn_Signal__c: fields };
    try {
      const { errors } = await executeMutation({ query: raising ? RAISE : RESOLVE, variables: { input } });
      this.saveError = errors && errors.length > 0 ? errors : undefined;
    } catch (error) {
      this.saveError = error;
    } finally {
      this.saving = false;
    }
    if (this.saveError !== undefined) return;
    this.form = null;
    this.backToSignals();
    this.dispatchEvent(
      new ShowToastEvent({
        title: raising ? LABELS.raised : LABELS.resolved,
        message: LABELS.countsAfterRefresh,
        variant: 'success',
      }),
    );
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

  openSignal(/** @type {CustomEvent<{ id: string }>} */ event) {
    this.openRecord('Churn_Signal__c', event.detail.id);
  }

  openScore() {
    this.openRecord('Health_Score__c', this.story?.proof?.recordId ?? '');
  }

  openRun(/** @type {Event} */ event) {
    const { run = '' } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.openRecord('Health_Score_Run__c', run);
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
    const { subject, description } = event.detail;
    this[NavigationMixin.Navigate]({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Task', actionName: 'new' },
      state: {
        defaultFieldValues: encodeDefaultFieldValues({
          Subject: subject,
          Description: description,
          WhatId: this.accountId ?? '',
        }),
      },
    });
  }
}

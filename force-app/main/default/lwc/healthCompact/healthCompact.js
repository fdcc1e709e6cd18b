import { LightningElement, api, wire } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { NOTHING } from 'c/healthData';
import { errorNotice, isHidden } from 'c/healthErrors';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { storyOf } from 'c/healthStory';
import { WAITING, compactOf } from './compact';
import { BEFORE, QUERIES } from './queries';

/** Gaps are a list of metrics: too long for a glance. */
const LEFT_TO_THE_CARD = new Set(['missing', 'carried', 'hidden']);

/**
 * The account's health beside an opportunity or a case: the first lines of the card and the way to it. Nothing is changed
 * here, so that nobody raises a signal from a record that shows half of the story.
 */
export default class HealthCompact extends NavigationMixin(LightningElement) {
  /** @type {string | undefined} */
  @api recordId;
  /**
   * `Opportunity` or `Case`.
   * @type {string | undefined}
   */
  @api objectApiName;

  labels = {
    compactNoAccount: LABELS.compactNoAccount,
    loading: LABELS.loading,
    title: LABELS.title,
  };
  accountUrl = '';
  /** @type {import('lightning/graphql').GraphqlResult | undefined} */
  answer;
  /** @type {unknown} */
  before;
  /** @type {{ accountId: string, period: string } | undefined} the score whose predecessor is asked for */
  place;
  compact = WAITING;
  /** @type {import('c/healthNotice').Notice | null} */
  error = null;

  @wire(graphql, { query: '$query', variables: '$variables' })
  take(/** @type {import('lightning/graphql').GraphqlResult} */ answer) {
    this.answer = answer;
    this.tell();
    const { accountId, period, story } = this.compact;
    if (accountId !== '') this.makeUrl(accountId);
    else this.accountUrl = '';
    // The same place stays the same object: another one would be asked for again.
    if (story?.kind !== 'scored') this.place = undefined;
    else if (accountId !== this.place?.accountId || period !== this.place.period)
      this.place = { accountId, period };
  }

  /** Without it a cause says only what is now, and a cap not which signal it is: no error of its own. */
  @wire(graphql, { query: '$beforeQuery', variables: '$place' })
  takeBefore(/** @type {import('lightning/graphql').GraphqlResult} */ { data }) {
    this.before = data;
    this.tell();
  }

  get query() {
    return this.recordId === undefined ? undefined : QUERIES[this.objectApiName ?? ''];
  }

  /** Nothing is asked without a query. */
  get beforeQuery() {
    return this.place && BEFORE;
  }

  get variables() {
    return this.recordId === undefined ? undefined : { recordId: this.recordId };
  }

  /** Scores again what is stored: once for each answer, and not for each line of the template. */
  tell() {
    const { data, errors } = this.answer ?? {};
    const reader = { today: new Date().toISOString().slice(0, 10), locale: LOCALE };
    const hidden = isHidden(errors);
    this.error =
      errors && !hidden
        ? errorNotice(LABELS.notRead, errors, { act: 'reload', label: LABELS.tryAgain })
        : null;
    this.compact = hidden
      ? { ...WAITING, story: storyOf(NOTHING, reader) }
      : compactOf(data, this.objectApiName ?? '', reader, this.before);
  }

  get story() {
    return this.compact.story;
  }

  get window() {
    return this.story?.headline?.window;
  }

  get loading() {
    return this.story === null && this.error === null && !this.compact.noAccount;
  }

  /** What decides whether the score is to be trusted; the gaps behind it are told on the account's own card. */
  get notices() {
    return [...(this.story?.notices ?? []), ...(this.story?.more ?? [])].filter(
      ({ id }) => !LEFT_TO_THE_CARD.has(id),
    );
  }

  get linkTitle() {
    return fill(LABELS.compactOpen, this.compact.accountName);
  }

  /** @returns {import('lightning/navigation').PageReference} */
  get accountPage() {
    return pageOf('Account', this.compact.accountId);
  }

  /** @param {string} accountId */
  async makeUrl(accountId) {
    const url = await this[NavigationMixin.GenerateUrl](this.accountPage);
    // Another record may have come meanwhile.
    if (this.compact.accountId === accountId) this.accountUrl = url;
  }

  handleOpen(/** @type {Event} */ event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](this.accountPage);
  }

  handleShow(/** @type {CustomEvent<{ object: string, id: string }>} */ event) {
    this[NavigationMixin.Navigate](pageOf(event.detail.object, event.detail.id));
  }

  async handleReload() {
    await this.answer?.refresh?.();
  }
}

/**
 * @param {string} objectApiName
 * @param {string} recordId
 * @returns {import('lightning/navigation').PageReference}
 */
function pageOf(objectApiName, recordId) {
  return { type: 'standard__recordPage', attributes: { objectApiName, recordId, actionName: 'view' } };
}

import { LightningElement, api, wire } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { isHidden } from 'c/healthErrors';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { compactOf } from './compact';
import { EARLIER, QUERIES } from './queries';

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
    notRead: LABELS.notRead,
    title: LABELS.title,
    tryAgain: LABELS.tryAgain,
  };
  accountUrl = '';
  /** @type {import('lightning/graphql').GraphqlResult | undefined} */
  answer;
  /** @type {unknown} */
  earlier;
  /** @type {{ accountId: string, period: string } | undefined} the score whose predecessor is asked for */
  place;
  compact = compactOf(undefined, '', { today: '', locale: LOCALE });

  @wire(graphql, { query: '$query', variables: '$variables' })
  take(/** @type {import('lightning/graphql').GraphqlResult} */ answer) {
    this.answer = answer;
    this.tell();
    const { accountId, period, kind } = this.compact;
    if (accountId !== '') this.makeUrl(accountId);
    else this.accountUrl = '';
    // The same place stays the same object: another one would be asked for again.
    if (kind !== 'scored') this.place = undefined;
    else if (accountId !== this.place?.accountId || period !== this.place.period)
      this.place = { accountId, period };
  }

  /** Without it a cause says only what is now: no error of its own. */
  @wire(graphql, { query: '$earlierQuery', variables: '$place' })
  takeEarlier(/** @type {import('lightning/graphql').GraphqlResult} */ { data }) {
    this.earlier = data;
    this.tell();
  }

  get query() {
    return this.recordId === undefined ? undefined : QUERIES[this.objectApiName ?? ''];
  }

  /** Nothing is asked without a query. */
  get earlierQuery() {
    return this.place && EARLIER;
  }

  get variables() {
    return this.recordId === undefined ? undefined : { recordId: this.recordId };
  }

  /** Scores again what is stored: once for each answer, and not for each line of the template. */
  tell() {
    const reader = { today: new Date().toISOString().slice(0, 10), locale: LOCALE };
    this.compact = compactOf(this.answer?.data, this.objectApiName ?? '', reader, this.earlier);
  }

  get errors() {
    const errors = this.answer?.errors ?? [];
    return isHidden(errors) ? [] : errors;
  }

  get failed() {
    return this.errors.length > 0;
  }

  /** @returns {'loading' | 'hidden' | 'none' | ''} what healthStates shows instead of a score */
  get state() {
    if (isHidden(this.answer?.errors)) return 'hidden';
    const { kind } = this.compact;
    if (kind === 'waiting') return this.failed ? '' : 'loading';
    return kind === 'hidden' || kind === 'none' ? kind : '';
  }

  /** Only who has a segment is scored at all. */
  get inPopulation() {
    return this.compact.inPopulation;
  }

  get noAccount() {
    return this.compact.kind === 'noAccount';
  }

  get story() {
    return this.compact.story;
  }

  get showStory() {
    return this.story !== null && this.state === '';
  }

  get window() {
    return this.showStory ? (this.story?.headline?.window ?? '') : '';
  }

  get heldIcon() {
    return this.story?.cap?.isHold ? 'utility:offline' : 'utility:lock';
  }

  /** Sources that were down, or how grave and sure the signals are; what they are about is on the account's card. */
  get heldBy() {
    const cap = this.story?.cap;
    if (!cap) return '';
    return cap.isHold ? cap.hold : `${LABELS.signal}: ${cap.signals.map(({ kind }) => kind).join('; ')}`;
  }

  /** What decides whether the score is to be trusted; the gaps behind it are told on the account's own card. */
  get notices() {
    return (this.story?.notices ?? []).filter(({ id }) => !LEFT_TO_THE_CARD.has(id));
  }

  get hasAccount() {
    return this.accountUrl !== '';
  }

  get accountName() {
    return this.compact.accountName;
  }

  get linkTitle() {
    return fill(LABELS.compactOpen, this.accountName);
  }

  /** @returns {import('lightning/navigation').PageReference} */
  get accountPage() {
    return {
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Account', recordId: this.compact.accountId, actionName: 'view' },
    };
  }

  /** @param {string} accountId */
  async makeUrl(accountId) {
    const url = await this[NavigationMixin.GenerateUrl](this.accountPage);
    // Another record may have come meanwhile.
    if (this.compact.accountId === accountId) this.accountUrl = url;
  }

  openAccount(/** @type {Event} */ event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](this.accountPage);
  }

  async tryAgain() {
    await this.answer?.refresh?.();
  }
}

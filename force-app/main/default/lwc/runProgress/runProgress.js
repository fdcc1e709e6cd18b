import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { RefreshEvent } from 'lightning/refresh';
import { describeRun, isOurs, rowOf } from './progress';
import { TEXTS } from './texts';

/**
 * Between two looks at the row, milliseconds: the first pause, by how much each one is longer than the one before, and
 * the longest. Every look counts against the org's limit of requests: these make 24 of them in ten minutes.
 */
const PAUSE = { first: 5_000, growth: 1.5, longest: 30_000 };
/** After this time before a person's eyes nobody looks any more, milliseconds. The refresh itself goes on. */
const PATIENCE = 10 * 60_000;

const ICONS = {
  busy: { name: 'utility:sync', variant: '', meaning: TEXTS.iconBusy },
  good: { name: 'utility:success', variant: 'success', meaning: TEXTS.iconGood },
  warning: { name: 'utility:warning', variant: 'warning', meaning: TEXTS.iconWarning },
  bad: { name: 'utility:error', variant: 'error', meaning: TEXTS.iconBad },
};

const LATEST_RUN = gql`
  query latestRun($scope: String, $period: String, $runWindow: Picklist) {
    uiapi {
      query {
        Health_Score_Run__c(
          where: {
            and: [
              { Scope__c: { eq: $scope } }
              { Period__c: { eq: $period } }
              { Window__c: { eq: $runWindow } }
            ]
          }
          orderBy: { LastModifiedDate: { order: DESC } }
          first: 1
        ) {
          edges {
            node {
              Id
              LastModifiedDate {
                value
              }
              Status__c {
                value
              }
              Accounts__c {
                value
              }
              Scored__c {
                value
              }
              Unchanged__c {
                value
              }
              Failed__c {
                value
              }
              Error__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/**
 * How far a refresh is: reads the newest run of this scope, month and window again, more and more seldom, until it ends
 * or ten minutes are over, and only while the page is in view. By scope and not by the id that the service answers: the run may be one that was joined.
 */
export default class RunProgress extends LightningElement {
  /**
   * `all`, or the id of the one account.
   * @type {string | undefined}
   */
  @api scope;
  /**
   * Month as YYYY-MM.
   * @type {string | undefined}
   */
  @api period;
  /**
   * `complete` or `running`.
   * @type {string | undefined}
   */
  @api runWindow;
  /**
   * When the refresh was asked for, in UTC; runs that nobody touched since are not this one.
   * @type {string | undefined}
   */
  @api askedAt;

  /** @type {import('lightning/graphql').GraphqlResult | undefined} */
  answer;
  waited = 0;
  told = false;
  pause = PAUSE.first;
  turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  @wire(graphql, { query: LATEST_RUN, variables: '$variables' })
  take(/** @type {import('lightning/graphql').GraphqlResult} */ answer) {
    this.answer = answer;
    if (this.view.over) this.end();
  }

  connectedCallback() {
    document.addEventListener('visibilitychange', this.seen);
    this.wait();
  }

  disconnectedCallback() {
    this.stop();
  }

  /** Nobody looks for who does not look: on coming back to the page the row is read at once. */
  seen = () => {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.pause = PAUSE.first;
    this.look(0);
  };

  get variables() {
    return { scope: this.scope, period: this.period, runWindow: this.runWindow };
  }

  get view() {
    const row = rowOf(this.answer?.data);
    const ours = row !== undefined && isOurs(row, this.askedAt) ? row : undefined;
    return describeRun(ours, {
      unreadable: (this.answer?.errors ?? []).length > 0,
      waited: this.waited,
      patience: PATIENCE,
    });
  }

  get busyText() {
    return TEXTS.iconBusy;
  }

  get busy() {
    return this.view.kind === 'busy';
  }

  get icon() {
    return ICONS[this.view.kind].name;
  }

  get variant() {
    return ICONS[this.view.kind].variant;
  }

  get meaning() {
    return ICONS[this.view.kind].meaning;
  }

  wait() {
    const pause = Math.min(this.pause, PATIENCE - this.waited);
    this.pause = Math.min(Math.round(this.pause * PAUSE.growth), PAUSE.longest);
    // A person waits for an end that only a later look can show: the platform pushes nothing without an event of ours.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.timer = setTimeout(() => this.look(pause), pause);
  }

  /**
   * @param {number} paused milliseconds since the look before
   */
  async look(paused) {
    const turn = (this.turn += 1);
    this.waited += paused;
    if (this.waited < PATIENCE) {
      // An answer that cannot be had now may be had later: what keeps this going is the clock, not the answer.
      await this.answer?.refresh?.().catch(() => undefined);
    }
    if (this.view.over) this.end();
    // Taken from the page, out of view, or looked at anew meanwhile: then another look, or none, goes on from here.
    else if (this.turn === turn && this.isConnected && !document.hidden) this.wait();
  }

  end() {
    if (this.told) return;
    this.told = true;
    this.stop();
    // The page behind may show the new score now.
    this.dispatchEvent(new RefreshEvent());
  }

  stop() {
    document.removeEventListener('visibilitychange', this.seen);
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

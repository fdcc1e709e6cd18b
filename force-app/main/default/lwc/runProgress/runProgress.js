import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { RefreshEvent } from 'lightning/refresh';
import { describeRun, isOurs, rowOf } from './progress';
import { TEXTS } from './texts';

/** Between two looks at the row, milliseconds. */
const PAUSE = 5_000;
/** After this nobody looks any more, milliseconds. The refresh itself goes on. */
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
 * How far a refresh is: reads the newest run of this scope, month and window again and again, until it ends or ten
 * minutes are over. By scope and not by the id that the service answers: what an External Service action calls its
 * outputs is not documented.
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
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  @wire(graphql, { query: LATEST_RUN, variables: '$variables' })
  take(/** @type {import('lightning/graphql').GraphqlResult} */ answer) {
    this.answer = answer;
    if (this.view.over) this.end();
  }

  connectedCallback() {
    this.wait();
  }

  disconnectedCallback() {
    this.stop();
  }

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
    // A person waits for an end that only a later look can show: the platform pushes nothing without an event of ours.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    this.waited += PAUSE;
    if (this.waited < PATIENCE) {
      // An answer that cannot be had now may be had later: what keeps this going is the clock, not the answer.
      await this.answer?.refresh?.().catch(() => undefined);
    }
    if (this.view.over) this.end();
    else if (this.timer !== undefined) this.wait();
  }

  end() {
    if (this.told) return;
    this.told = true;
    this.stop();
    // The page behind may show the new score now.
    this.dispatchEvent(new RefreshEvent());
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

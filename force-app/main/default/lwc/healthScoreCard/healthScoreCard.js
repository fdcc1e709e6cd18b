import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { queryOf, rowsOf } from 'c/healthData';
import { errorNotice, isHidden } from 'c/healthErrors';
import * as LABELS from 'c/healthLabels';

/** Which account and month a score is about. */
const PLACE_OF_SCORE = gql`
  query placeOfScore($recordId: ID) {
    uiapi {
      query {
        Health_Score__c(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Account__c {
                value
              }
              Period__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The health card on the page of a score: the card of its account, as of its month. Asks first whose score it is. */
export default class HealthScoreCard extends LightningElement {
  /** @type {string | undefined} */
  @api recordId;

  query = PLACE_OF_SCORE;
  /** @type {string | undefined} */
  accountId;
  /** No month yet is no later one either. */
  period = '';
  /** @type {import('c/healthNotice').Notice | null} */
  error = null;

  @wire(graphql, { query: '$query', variables: '$variables' })
  take(/** @type {import('lightning/graphql').GraphqlResult} */ { data, errors }) {
    const query = queryOf(data);
    const [score] = rowsOf(query?.Health_Score__c);
    if (score) {
      this.accountId = String(score.Account__c);
      this.period = String(score.Period__c);
    }
    // Deleted or hidden: without a month there is nothing to show.
    const problem = isHidden(errors) ? LABELS.noAccess : (errors ?? (query && LABELS.scoreGone));
    this.error = problem && !this.accountId ? errorNotice(LABELS.notRead, problem) : null;
  }

  get variables() {
    return this.recordId === undefined ? undefined : { recordId: this.recordId };
  }
}

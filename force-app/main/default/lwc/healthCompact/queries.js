import { gql } from 'lightning/graphql';

/*
 * One request each: the record's account, its current score with the model of its run, and when all accounts were last
 * refreshed. Two documents and not one with both objects: who may not see cases has no `Case` in his schema, and all of
 * the request would fail. Written out and not put together from pieces: the platform reads documents before they run.
 */

const OPPORTUNITY = gql`
  query healthOfOpportunity($recordId: ID) {
    uiapi {
      query {
        Opportunity(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              AccountId @optional {
                value
              }
              Account @optional {
                Id
                Name @optional {
                  value
                }
                Health_Segment__c @optional {
                  value
                }
                Churned_On__c @optional {
                  value
                }
                Current_Health_Score__r @optional {
                  Id
                  Own__c @optional {
                    value
                  }
                  Period__c @optional {
                    value
                  }
                  Window_End__c @optional {
                    value
                  }
                  Health_Score__c @optional {
                    value
                  }
                  Quantitative_Score__c @optional {
                    value
                  }
                  Churn_Risk_Score__c @optional {
                    value
                  }
                  Platform_Value_Score__c @optional {
                    value
                  }
                  Tier__c @optional {
                    value
                  }
                  Provisional__c @optional {
                    value
                  }
                  Coverage__c @optional {
                    value
                  }
                  Band_Low__c @optional {
                    value
                  }
                  Band_High__c @optional {
                    value
                  }
                  Main_Reason__c @optional {
                    value
                  }
                  Model_Version__c @optional {
                    value
                  }
                  Details__c @optional {
                    value
                  }
                  Run__r @optional {
                    Id
                    Model__c @optional {
                      value
                    }
                  }
                }
              }
            }
          }
        }
        ended: Health_Score_Run__c(
          where: { and: [{ Scope__c: { eq: "all" } }, { Status__c: { in: ["Finished", "Degraded"] } }] }
          orderBy: { Window_End__c: { order: DESC, nulls: LAST } }
          first: 1
        ) {
          edges {
            node {
              Id
              Window_End__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

const CASE = gql`
  query healthOfCase($recordId: ID) {
    uiapi {
      query {
        Case(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              AccountId @optional {
                value
              }
              Account @optional {
                Id
                Name @optional {
                  value
                }
                Health_Segment__c @optional {
                  value
                }
                Churned_On__c @optional {
                  value
                }
                Current_Health_Score__r @optional {
                  Id
                  Own__c @optional {
                    value
                  }
                  Period__c @optional {
                    value
                  }
                  Window_End__c @optional {
                    value
                  }
                  Health_Score__c @optional {
                    value
                  }
                  Quantitative_Score__c @optional {
                    value
                  }
                  Churn_Risk_Score__c @optional {
                    value
                  }
                  Platform_Value_Score__c @optional {
                    value
                  }
                  Tier__c @optional {
                    value
                  }
                  Provisional__c @optional {
                    value
                  }
                  Coverage__c @optional {
                    value
                  }
                  Band_Low__c @optional {
                    value
                  }
                  Band_High__c @optional {
                    value
                  }
                  Main_Reason__c @optional {
                    value
                  }
                  Model_Version__c @optional {
                    value
                  }
                  Details__c @optional {
                    value
                  }
                  Run__r @optional {
                    Id
                    Model__c @optional {
                      value
                    }
                  }
                }
              }
            }
          }
        }
        ended: Health_Score_Run__c(
          where: { and: [{ Scope__c: { eq: "all" } }, { Status__c: { in: ["Finished", "Degraded"] } }] }
          orderBy: { Window_End__c: { order: DESC, nulls: LAST } }
          first: 1
        ) {
          edges {
            node {
              Id
              Window_End__c @optional {
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
 * What was read a score earlier, so that a cause says from what to what, and the account's open signals: which one holds
 * the score, and which came after it. Asked for once the score itself is on the page: both hang on the account.
 */
export const BEFORE = gql`
  query beforeScore($accountId: ID, $period: String) {
    uiapi {
      query {
        Health_Score__c(
          where: {
            and: [
              { Account__c: { eq: $accountId } }
              { Own__c: { eq: true } }
              { Period__c: { lt: $period } }
            ]
          }
          orderBy: { Period__c: { order: DESC } }
          first: 1
        ) {
          edges {
            node {
              Id
              Period__c @optional {
                value
              }
              Readings__c @optional {
                value
              }
            }
          }
        }
        Churn_Signal__c(
          where: { Account__c: { eq: $accountId } }
          orderBy: { Resolved_On__c: { order: DESC, nulls: FIRST }, Date_Observed__c: { order: DESC } }
          first: 50
        ) {
          edges {
            node {
              Id
              Severity__c @optional {
                value
              }
              Status__c @optional {
                value
              }
              Confidence__c @optional {
                value
              }
              Signal_Category__c @optional {
                value
              }
              Signal_Detail__c @optional {
                value
              }
              Date_Observed__c @optional {
                value
              }
              Monitoring_From__c @optional {
                value
              }
              Resolved_On__c @optional {
                value
              }
              Expires_On__c @optional {
                value
              }
              CreatedBy @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;

/**
 * What is asked, by the object of the page.
 *
 * @type {Record<string, import('lightning/graphql').Query>}
 */
export const QUERIES = { Case: CASE, Opportunity: OPPORTUNITY };

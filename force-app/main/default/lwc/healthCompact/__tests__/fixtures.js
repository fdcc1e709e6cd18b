import { ACCOUNT_ID, RUN_ID, storedMonths, USUAL, WORSE } from '../../healthStory/__tests__/fixtures';

/** The newest Health_Score__c of an account after these months, worse than usual unless others are given. */
export const scoreOf = (...months) =>
  storedMonths(months.length > 0 ? months : [{ readings: USUAL }, { readings: WORSE }])[0];

/** Values inside, parents one level down, as GraphQL gives them. */
function nodeOf(row) {
  const node = {};
  for (const [path, value] of Object.entries(row)) {
    const [name, field] = path.split('.');
    if (field === undefined) node[name] = name === 'Id' ? value : { value };
    else node[name] = { ...node[name], ...nodeOf({ [field]: value }) };
  }
  return node;
}

/**
 * What the org answers for an opportunity or a case. `score`: null when there is none yet, 'hidden' when this reader may
 * not see it.
 */
export function answerOf({
  object = 'Opportunity',
  score = scoreOf(),
  account = {},
  ended = '2026-10-31',
} = {}) {
  const known = {
    Id: ACCOUNT_ID,
    Name: 'Larkfield Hotels',
    Health_Segment__c: 'paid',
    Churned_On__c: null,
    ...account,
  };
  return {
    uiapi: {
      query: {
        [object]: {
          edges: [
            {
              node: {
                ...nodeOf({ Id: '006000000000001AAA', AccountId: ACCOUNT_ID }),
                Account: {
                  ...nodeOf(known),
                  ...(score !== 'hidden' && { Current_Health_Score__r: score && nodeOf(score) }),
                },
              },
            },
          ],
        },
        ended: { edges: [{ node: nodeOf({ Id: RUN_ID, Window_End__c: ended }) }] },
      },
    },
  };
}

/** What the org answers when asked for the score before, and for the signals. */
export const beforeOf = ({ score, signals = [] }) => {
  const edges = (rows) => ({ edges: rows.map((row) => ({ node: nodeOf(row) })) });
  const readings = score
    ? [{ Id: score.Id, Period__c: score.Period__c, Readings__c: score.Readings__c }]
    : [];
  return { uiapi: { query: { Health_Score__c: edges(readings), Churn_Signal__c: edges(signals) } } };
};

export const withoutAccount = {
  uiapi: {
    query: {
      Case: { edges: [{ node: { Id: '500000000000001AAA', AccountId: { value: null }, Account: null } }] },
      ended: { edges: [] },
    },
  },
};

/*
 * Generated from node-scorer/src/metrics/catalogue.ts by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */

/**
 * What people read of each metric, by id, in catalogue order.
 *
 * @type {Record<string, { label: string, source: string, description: string, fixableBy: 'csm' | 'support' | 'product' | 'customer' | 'nobody' }>}
 */
export const METRICS = {
  p1_p2_pct: {
    label: 'Urgent conversations',
    source: 'intercom',
    description: 'Share of the conversations begun in the window that count as P1 or P2.',
    fixableBy: 'product',
  },
  escalation_pct: {
    label: 'Escalated conversations',
    source: 'intercom',
    description: 'Share of the conversations begun in the window that were escalated.',
    fixableBy: 'support',
  },
  median_first_response_seconds: {
    label: 'First response',
    source: 'intercom',
    description:
      "Median time until the team's first reply to a conversation begun in the window, office hours as Intercom counts them.",
    fixableBy: 'support',
  },
  median_resolution_seconds: {
    label: 'Resolution',
    source: 'intercom',
    description:
      'Median time until a conversation begun in the window was last closed; open ones do not count.',
    fixableBy: 'support',
  },
  csat_score: {
    label: 'Satisfaction',
    source: 'intercom',
    description: 'Ratings of 4 or 5 among the ratings given to conversations begun in the window.',
    fixableBy: 'support',
  },
  open_bugs: {
    label: 'Open bugs',
    source: 'jira',
    description: 'Bugs that are not done at the end of the window.',
    fixableBy: 'product',
  },
  critical_bugs: {
    label: 'Open critical bugs',
    source: 'jira',
    description: 'Bugs of a critical priority that are not done at the end of the window.',
    fixableBy: 'product',
  },
  reopened_bugs: {
    label: 'Reopened bugs',
    source: 'jira',
    description: 'Bugs that moved from done back to not done inside the window, each counted once.',
    fixableBy: 'product',
  },
  avg_resolution_days: {
    label: 'Bug resolution',
    source: 'jira',
    description: 'Mean days from creation to done, of the bugs that were resolved inside the window.',
    fixableBy: 'product',
  },
  bug_trend: {
    label: 'Bug trend',
    source: 'jira',
    description:
      'Bugs created inside the window for each one resolved in it (at least 1): above 1 the pile grows.',
    fixableBy: 'product',
  },
  total_conversations: {
    label: 'Conversations',
    source: 'intercom',
    description: 'Conversations that the customer began in the window, never-closed ones included.',
    fixableBy: 'customer',
  },
  csat_response_rate: {
    label: 'Ratings answered',
    source: 'intercom',
    description: 'Ratings given among the ratings asked for, conversations begun in the window.',
    fixableBy: 'customer',
  },
  days_to_renewal: {
    label: 'Days to renewal',
    source: 'salesforce',
    description:
      'Days from the last day of the window to the next open renewal, or to the end of the contract where there is none; negative when overdue.',
    fixableBy: 'nobody',
  },
  payment_health: {
    label: 'Payment problems',
    source: 'salesforce',
    description: 'Payment problems opened in the twelve months to the end of the window.',
    fixableBy: 'customer',
  },
  contract_changes: {
    label: 'Downgrades',
    source: 'salesforce',
    description:
      'Downgrades won, and amendments that lower the value, in the twelve months to the end of the window.',
    fixableBy: 'csm',
  },
  arr_trajectory_pct: {
    label: 'ARR trajectory',
    source: 'salesforce',
    description:
      'Yearly revenue at the end of the window against the oldest snapshot of the twelve months before.',
    fixableBy: 'csm',
  },
  tier_alignment: {
    label: 'Revenue above the success tier',
    source: 'salesforce',
    description: '1 when yearly revenue exceeds the limit of the success tier, else 0.',
    fixableBy: 'csm',
  },
  stickiness_pct: {
    label: 'Stickiness',
    source: 'looker',
    description: 'Daily active users as a share of monthly active users.',
    fixableBy: 'csm',
  },
  mau_trend_pct: {
    label: 'Active users, trend',
    source: 'looker',
    description:
      'Monthly active users against the mean of those of the three months before that have a reading; a customer who fell silent has −100.',
    fixableBy: 'csm',
  },
  feature_breadth: {
    label: 'Feature breadth',
    source: 'looker',
    description: 'Features used as a share of the features licensed.',
    fixableBy: 'csm',
  },
  login_frequency: {
    label: 'Logins per user and week',
    source: 'looker',
    description: 'Mean logins of an active user in a week.',
    fixableBy: 'customer',
  },
  dau: {
    label: 'Daily active users',
    source: 'looker',
    description: 'Mean number of active users over the days of the window.',
    fixableBy: 'customer',
  },
  mau: {
    label: 'Monthly active users',
    source: 'looker',
    description: 'Users active at least once in the window.',
    fixableBy: 'customer',
  },
  qbr_attendance: {
    label: 'QBR attendance',
    source: 'salesforce',
    description: 'Quarterly reviews attended of those held in the twelve months to the end of the window.',
    fixableBy: 'csm',
  },
  champion_stability: {
    label: 'Champion in place',
    source: 'salesforce',
    description: 'Days since the champion role last changed hands; 0 while it is vacant.',
    fixableBy: 'nobody',
  },
  expansion_signals: {
    label: 'Open expansions',
    source: 'salesforce',
    description: 'Expansion opportunities open at the end of the window.',
    fixableBy: 'csm',
  },
  messaging: {
    label: 'Messaging',
    source: 'looker',
    description:
      "Score of 0 to 100 for the use made of messaging in the window, from the platform's own model.",
    fixableBy: 'csm',
  },
  automations: {
    label: 'Automations',
    source: 'looker',
    description:
      "Score of 0 to 100 for the work done by automations in the window, from the platform's own model.",
    fixableBy: 'csm',
  },
  contactless: {
    label: 'Contactless',
    source: 'looker',
    description:
      "Score of 0 to 100 for the use made of contactless journeys in the window, from the platform's own model.",
    fixableBy: 'csm',
  },
  requests: {
    label: 'Requests',
    source: 'looker',
    description:
      "Score of 0 to 100 for the requests handled on the platform in the window, from the platform's own model.",
    fixableBy: 'csm',
  },
  staff_adoption: {
    label: 'Staff adoption',
    source: 'looker',
    description:
      "Score of 0 to 100 for the share of the customer's staff who work on the platform in the window, from the platform's own model.",
    fixableBy: 'csm',
  },
};

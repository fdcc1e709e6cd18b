/*
 * Generated from config/advice.yaml by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */

import type { AdviceTexts } from './texts.ts';

/** Owner and words of each metric and fact as they are shipped. */
export const SHIPPED_TEXTS: AdviceTexts = {
  metrics: {
    p1_p2_pct: {
      owner: 'support',
      action: 'Read the urgent conversations and take their common cause to Product',
      enabled: true,
    },
    escalation_pct: {
      owner: 'support',
      action: 'Agree with Support who takes the next case before it is escalated',
      enabled: true,
    },
    median_first_response_seconds: {
      owner: 'support',
      action: 'Ask Support to cover the hours in which this customer writes',
      enabled: true,
    },
    median_resolution_seconds: {
      owner: 'support',
      action: 'Go through the oldest open conversations with Support',
      enabled: true,
    },
    csat_score: { owner: 'support', action: 'Call the contacts who gave a low rating', enabled: true },
    total_conversations: {
      owner: 'csm',
      action: 'Ask how things are going, and whether they write elsewhere',
      enabled: true,
    },
    csat_response_rate: { owner: 'csm', action: 'Ask for ratings', enabled: true },
    open_bugs: {
      owner: 'product',
      action: 'Agree with Product which open bugs are fixed next',
      enabled: true,
    },
    critical_bugs: {
      owner: 'product',
      action: 'Get a fix date from Product for each critical bug and tell the customer',
      enabled: true,
    },
    reopened_bugs: {
      owner: 'product',
      action: 'Have Product confirm fixes with the customer before closing',
      enabled: true,
    },
    avg_resolution_days: {
      owner: 'product',
      action: 'Ask Product to put the oldest bug first',
      enabled: true,
    },
    bug_trend: {
      owner: 'product',
      action: 'Review the new bugs with Product and find their common cause',
      enabled: true,
    },
    days_to_renewal: { owner: 'csm', action: 'Get the renewal signed, or correct its date', enabled: true },
    payment_health: {
      owner: 'finance',
      action: 'Settle the open invoice with Finance and the customer',
      enabled: true,
    },
    contract_changes: { owner: 'csm', action: 'Find out what the downgrade answered', enabled: true },
    arr_trajectory_pct: { owner: 'csm', action: 'Plan the renewal with an offer that fits', enabled: true },
    tier_alignment: {
      owner: 'csm',
      action: 'Move the account to the success tier that fits its revenue',
      enabled: true,
    },
    stickiness_pct: {
      owner: 'csm',
      action: 'Show the monthly users a task worth coming back for every day',
      enabled: true,
    },
    mau_trend_pct: { owner: 'csm', action: 'Find out who stopped and why', enabled: true },
    feature_breadth: {
      owner: 'csm',
      action: 'Set up one licensed feature that is not used yet',
      enabled: true,
    },
    login_frequency: { owner: 'csm', action: 'Ask the main users what keeps them away', enabled: true },
    dau: { owner: 'csm', action: 'Call the main contact today', enabled: true },
    mau: { owner: 'csm', action: 'Call the main contact today', enabled: true },
    qbr_attendance: {
      owner: 'csm',
      action: 'Hold the next quarterly review and get the customer to attend',
      enabled: true,
    },
    champion_stability: {
      owner: 'csm',
      action: 'Name a champion and record the contact role',
      enabled: true,
    },
    expansion_signals: {
      owner: 'csm',
      action: 'Talk about the next module and open an opportunity',
      enabled: true,
    },
    messaging: { owner: 'csm', action: 'Run a messaging session with the front office', enabled: true },
    automations: { owner: 'csm', action: 'Switch on one automation with the customer', enabled: true },
    contactless: { owner: 'csm', action: 'Walk one site through contactless check-in', enabled: true },
    requests: { owner: 'csm', action: 'Move one kind of guest request onto the platform', enabled: true },
    staff_adoption: { owner: 'csm', action: 'Train the teams that do not log in yet', enabled: true },
  },
  facts: {
    renewal_overdue: { owner: 'csm', action: 'Get the renewal signed, or correct its date', enabled: true },
    renewal_soon: { owner: 'csm', action: 'Get the renewal signed', enabled: true },
    renewal_near: { owner: 'csm', action: 'Agree on a renewal plan with the customer', enabled: true },
    signal_critical: {
      owner: 'csm',
      action: 'Agree on a rescue plan, then resolve the signal',
      enabled: true,
    },
    signal_moderate: {
      owner: 'csm',
      action: 'Follow the signal up, then resolve it or move it to monitoring',
      enabled: true,
    },
    silent_users: { owner: 'csm', action: 'Call the main contact today', enabled: true },
    champion_vacant: {
      owner: 'csm',
      action: 'Name a new champion and record the contact role',
      enabled: true,
    },
    payment_problem: { owner: 'finance', action: 'Settle it with Finance and the customer', enabled: true },
    silent_conversations: {
      owner: 'csm',
      action: 'Ask how things are going, and whether they write elsewhere',
      enabled: true,
    },
    users_falling: { owner: 'csm', action: 'Find out who stopped and why', enabled: true },
  },
};

/*
 * Generated from node-scorer/src/advice, config/advice.yaml and global value sets by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */

import phrases_headline from '@salesforce/label/c.Health_Say_headline';
import phrases_no_score from '@salesforce/label/c.Health_Say_no_score';
import phrases_first_score from '@salesforce/label/c.Health_Say_first_score';
import phrases_unchanged from '@salesforce/label/c.Health_Say_unchanged';
import phrases_down from '@salesforce/label/c.Health_Say_down';
import phrases_up from '@salesforce/label/c.Health_Say_up';
import phrases_because from '@salesforce/label/c.Health_Say_because';
import phrases_and_moved from '@salesforce/label/c.Health_Say_and_moved';
import phrases_held from '@salesforce/label/c.Health_Say_held';
import phrases_still_held from '@salesforce/label/c.Health_Say_still_held';
import phrases_released from '@salesforce/label/c.Health_Say_released';
import phrases_a_signal from '@salesforce/label/c.Health_Say_a_signal';
import phrases_quoted from '@salesforce/label/c.Health_Say_quoted';
import phrases_steady from '@salesforce/label/c.Health_Say_steady';
import phrases_made_up_in_part from '@salesforce/label/c.Health_Say_made_up_in_part';
import phrases_although from '@salesforce/label/c.Health_Say_although';
import phrases_made_up from '@salesforce/label/c.Health_Say_made_up';
import phrases_with_points from '@salesforce/label/c.Health_Say_with_points';
import phrases_bar_data from '@salesforce/label/c.Health_Say_bar_data';
import phrases_bar_rules from '@salesforce/label/c.Health_Say_bar_rules';
import phrases_bar_calendar from '@salesforce/label/c.Health_Say_bar_calendar';
import phrases_bar_signals from '@salesforce/label/c.Health_Say_bar_signals';
import phrases_slowed from '@salesforce/label/c.Health_Say_slowed';
import phrases_quickened from '@salesforce/label/c.Health_Say_quickened';
import phrases_rose from '@salesforce/label/c.Health_Say_rose';
import phrases_fell from '@salesforce/label/c.Health_Say_fell';
import phrases_good_ratings from '@salesforce/label/c.Health_Say_good_ratings';
import phrases_few_good_ratings from '@salesforce/label/c.Health_Say_few_good_ratings';
import phrases_count from '@salesforce/label/c.Health_Say_count';
import phrases_renewal_due from '@salesforce/label/c.Health_Say_renewal_due';
import phrases_renews from '@salesforce/label/c.Health_Say_renews';
import phrases_worth from '@salesforce/label/c.Health_Say_worth';
import phrases_today from '@salesforce/label/c.Health_Say_today';
import phrases_tomorrow from '@salesforce/label/c.Health_Say_tomorrow';
import phrases_yesterday from '@salesforce/label/c.Health_Say_yesterday';
import phrases_in_days from '@salesforce/label/c.Health_Say_in_days';
import phrases_days_ago from '@salesforce/label/c.Health_Say_days_ago';
import phrases_signal_critical from '@salesforce/label/c.Health_Say_signal_critical';
import phrases_signal_moderate from '@salesforce/label/c.Health_Say_signal_moderate';
import phrases_signal_named from '@salesforce/label/c.Health_Say_signal_named';
import phrases_stops_counting from '@salesforce/label/c.Health_Say_stops_counting';
import phrases_without_it from '@salesforce/label/c.Health_Say_without_it';
import phrases_silent_lately from '@salesforce/label/c.Health_Say_silent_lately';
import phrases_silent_since_day from '@salesforce/label/c.Health_Say_silent_since_day';
import phrases_silent_since_month from '@salesforce/label/c.Health_Say_silent_since_month';
import phrases_no_champion from '@salesforce/label/c.Health_Say_no_champion';
import phrases_no_champion_since from '@salesforce/label/c.Health_Say_no_champion_since';
import phrases_payment_problem from '@salesforce/label/c.Health_Say_payment_problem';
import phrases_payment_problems from '@salesforce/label/c.Health_Say_payment_problems';
import phrases_no_conversations from '@salesforce/label/c.Health_Say_no_conversations';
import phrases_users_fell from '@salesforce/label/c.Health_Say_users_fell';
import phrases_link from '@salesforce/label/c.Health_Say_link';
import phrases_link_not_mapped from '@salesforce/label/c.Health_Say_link_not_mapped';
import phrases_link_not_configured from '@salesforce/label/c.Health_Say_link_not_configured';
import phrases_link_no_permission from '@salesforce/label/c.Health_Say_link_no_permission';
import phrases_link_no_field from '@salesforce/label/c.Health_Say_link_no_field';
import phrases_task from '@salesforce/label/c.Health_Say_task';
import phrases_one_in_four from '@salesforce/label/c.Health_Say_one_in_four';
import phrases_one_in_three from '@salesforce/label/c.Health_Say_one_in_three';
import phrases_half from '@salesforce/label/c.Health_Say_half';
import phrases_most from '@salesforce/label/c.Health_Say_most';
import phrases_no_history from '@salesforce/label/c.Health_Say_no_history';
import phrases_tier from '@salesforce/label/c.Health_Say_tier';
import phrases_reviews from '@salesforce/label/c.Health_Say_reviews';
import phrases_next_review from '@salesforce/label/c.Health_Say_next_review';
import phrases_next_review_or_not from '@salesforce/label/c.Health_Say_next_review_or_not';
import phrases_cover_reviews from '@salesforce/label/c.Health_Say_cover_reviews';
import phrases_cover_champion from '@salesforce/label/c.Health_Say_cover_champion';
import phrases_by_itself from '@salesforce/label/c.Health_Say_by_itself';
import phrases_with_reasons from '@salesforce/label/c.Health_Say_with_reasons';
import phrases_with_end from '@salesforce/label/c.Health_Say_with_end';
import phrases_end_named from '@salesforce/label/c.Health_Say_end_named';
import phrases_end_unnamed from '@salesforce/label/c.Health_Say_end_unnamed';
import phrases_alone_days_to_renewal from '@salesforce/label/c.Health_Say_alone_days_to_renewal';
import phrases_alone_payment_health from '@salesforce/label/c.Health_Say_alone_payment_health';
import phrases_alone_contract_changes from '@salesforce/label/c.Health_Say_alone_contract_changes';
import phrases_alone_qbr_attendance from '@salesforce/label/c.Health_Say_alone_qbr_attendance';
import phrases_alone_champion_stability from '@salesforce/label/c.Health_Say_alone_champion_stability';
import phrases_alone from '@salesforce/label/c.Health_Say_alone';
import phrases_all_done from '@salesforce/label/c.Health_Say_all_done';
import phrases_top_kept from '@salesforce/label/c.Health_Say_top_kept';
import phrases_top_lost from '@salesforce/label/c.Health_Say_top_lost';
import phrases_reach_by_itself from '@salesforce/label/c.Health_Say_reach_by_itself';
import phrases_reach_in_reach from '@salesforce/label/c.Health_Say_reach_in_reach';
import phrases_reach_later from '@salesforce/label/c.Health_Say_reach_later';
import phrases_reach_beyond_a_year from '@salesforce/label/c.Health_Say_reach_beyond_a_year';
import phrases_similar from '@salesforce/label/c.Health_Say_similar';
import phrases_under_percent from '@salesforce/label/c.Health_Say_under_percent';
import phrases_drops_off from '@salesforce/label/c.Health_Say_drops_off';
import phrases_last_drops_off from '@salesforce/label/c.Health_Say_last_drops_off';
import phrases_first_and_last_drop_off from '@salesforce/label/c.Health_Say_first_and_last_drop_off';
import phrases_capped from '@salesforce/label/c.Health_Say_capped';
import phrases_capped_by_outage from '@salesforce/label/c.Health_Say_capped_by_outage';
import phrases_loss from '@salesforce/label/c.Health_Say_loss';
import phrases_percent from '@salesforce/label/c.Health_Say_percent';
import phrases_day_one from '@salesforce/label/c.Health_Say_day_one';
import phrases_days from '@salesforce/label/c.Health_Say_days';
import phrases_per_week from '@salesforce/label/c.Health_Say_per_week';
import phrases_seconds from '@salesforce/label/c.Health_Say_seconds';
import phrases_minutes from '@salesforce/label/c.Health_Say_minutes';
import phrases_hours from '@salesforce/label/c.Health_Say_hours';
import phrases_hours_minutes from '@salesforce/label/c.Health_Say_hours_minutes';
import phrases_next from '@salesforce/label/c.Health_Say_next';
import phrases_full_stop from '@salesforce/label/c.Health_Say_full_stop';
import phrases_listed from '@salesforce/label/c.Health_Say_listed';
import actions_p1_p2_pct from '@salesforce/label/c.Health_Action_p1_p2_pct';
import actions_escalation_pct from '@salesforce/label/c.Health_Action_escalation_pct';
import actions_median_first_response_seconds from '@salesforce/label/c.Health_Action_median_first_response_seconds';
import actions_median_resolution_seconds from '@salesforce/label/c.Health_Action_median_resolution_seconds';
import actions_csat_score from '@salesforce/label/c.Health_Action_csat_score';
import actions_total_conversations from '@salesforce/label/c.Health_Action_total_conversations';
import actions_csat_response_rate from '@salesforce/label/c.Health_Action_csat_response_rate';
import actions_open_bugs from '@salesforce/label/c.Health_Action_open_bugs';
import actions_critical_bugs from '@salesforce/label/c.Health_Action_critical_bugs';
import actions_reopened_bugs from '@salesforce/label/c.Health_Action_reopened_bugs';
import actions_avg_resolution_days from '@salesforce/label/c.Health_Action_avg_resolution_days';
import actions_bug_trend from '@salesforce/label/c.Health_Action_bug_trend';
import actions_days_to_renewal from '@salesforce/label/c.Health_Action_days_to_renewal';
import actions_payment_health from '@salesforce/label/c.Health_Action_payment_health';
import actions_contract_changes from '@salesforce/label/c.Health_Action_contract_changes';
import actions_arr_trajectory_pct from '@salesforce/label/c.Health_Action_arr_trajectory_pct';
import actions_tier_alignment from '@salesforce/label/c.Health_Action_tier_alignment';
import actions_stickiness_pct from '@salesforce/label/c.Health_Action_stickiness_pct';
import actions_mau_trend_pct from '@salesforce/label/c.Health_Action_mau_trend_pct';
import actions_feature_breadth from '@salesforce/label/c.Health_Action_feature_breadth';
import actions_login_frequency from '@salesforce/label/c.Health_Action_login_frequency';
import actions_dau from '@salesforce/label/c.Health_Action_dau';
import actions_mau from '@salesforce/label/c.Health_Action_mau';
import actions_qbr_attendance from '@salesforce/label/c.Health_Action_qbr_attendance';
import actions_champion_stability from '@salesforce/label/c.Health_Action_champion_stability';
import actions_expansion_signals from '@salesforce/label/c.Health_Action_expansion_signals';
import actions_messaging from '@salesforce/label/c.Health_Action_messaging';
import actions_automations from '@salesforce/label/c.Health_Action_automations';
import actions_contactless from '@salesforce/label/c.Health_Action_contactless';
import actions_requests from '@salesforce/label/c.Health_Action_requests';
import actions_staff_adoption from '@salesforce/label/c.Health_Action_staff_adoption';
import actions_renewal_overdue from '@salesforce/label/c.Health_Action_renewal_overdue';
import actions_renewal_soon from '@salesforce/label/c.Health_Action_renewal_soon';
import actions_renewal_near from '@salesforce/label/c.Health_Action_renewal_near';
import actions_signal_critical from '@salesforce/label/c.Health_Action_signal_critical';
import actions_signal_moderate from '@salesforce/label/c.Health_Action_signal_moderate';
import actions_silent_users from '@salesforce/label/c.Health_Action_silent_users';
import actions_champion_vacant from '@salesforce/label/c.Health_Action_champion_vacant';
import actions_payment_problem from '@salesforce/label/c.Health_Action_payment_problem';
import actions_silent_conversations from '@salesforce/label/c.Health_Action_silent_conversations';
import actions_users_falling from '@salesforce/label/c.Health_Action_users_falling';
import names_Champion from '@salesforce/label/c.Health_Name_Champion';
import names_Healthy from '@salesforce/label/c.Health_Name_Healthy';
import names_At_Risk from '@salesforce/label/c.Health_Name_At_Risk';
import names_Critical from '@salesforce/label/c.Health_Name_Critical';
import names_Executive_sponsor_left from '@salesforce/label/c.Health_Name_Executive_sponsor_left';
import names_Competitor_evaluation from '@salesforce/label/c.Health_Name_Competitor_evaluation';
import names_Contract_dispute from '@salesforce/label/c.Health_Name_Contract_dispute';
import names_Budget_cut from '@salesforce/label/c.Health_Name_Budget_cut';
import names_Outage from '@salesforce/label/c.Health_Name_Outage';
import names_Feature_gap from '@salesforce/label/c.Health_Name_Feature_gap';
import names_Low_adoption from '@salesforce/label/c.Health_Name_Low_adoption';
import names_Reorganisation from '@salesforce/label/c.Health_Name_Reorganisation';
import names_Merger_or_sale from '@salesforce/label/c.Health_Name_Merger_or_sale';
import names_Notice_given from '@salesforce/label/c.Health_Name_Notice_given';
import names_Other from '@salesforce/label/c.Health_Name_Other';
import names_Suspected from '@salesforce/label/c.Health_Name_Suspected';
import names_Confirmed from '@salesforce/label/c.Health_Name_Confirmed';
import names_Solved from '@salesforce/label/c.Health_Name_Solved';
import names_False_alarm from '@salesforce/label/c.Health_Name_False_alarm';
import names_No_longer_relevant from '@salesforce/label/c.Health_Name_No_longer_relevant';
import names_Customer_left from '@salesforce/label/c.Health_Name_Customer_left';
import names_Moderate from '@salesforce/label/c.Health_Name_Moderate';
import names_Watch from '@salesforce/label/c.Health_Name_Watch';
import names_Active from '@salesforce/label/c.Health_Name_Active';
import names_Monitoring from '@salesforce/label/c.Health_Name_Monitoring';
import names_Resolved from '@salesforce/label/c.Health_Name_Resolved';
import names_Support_Health from '@salesforce/label/c.Health_Name_Support_Health';
import names_Financial_Contract from '@salesforce/label/c.Health_Name_Financial_Contract';
import names_Adoption_Engagement from '@salesforce/label/c.Health_Name_Adoption_Engagement';
import names_Relationship_Expansion from '@salesforce/label/c.Health_Name_Relationship_Expansion';
import names_Platform_Value from '@salesforce/label/c.Health_Name_Platform_Value';

/** @type {Record<string, string>} */
export const PHRASES = {
  headline: phrases_headline,
  no_score: phrases_no_score,
  first_score: phrases_first_score,
  unchanged: phrases_unchanged,
  down: phrases_down,
  up: phrases_up,
  because: phrases_because,
  and_moved: phrases_and_moved,
  held: phrases_held,
  still_held: phrases_still_held,
  released: phrases_released,
  a_signal: phrases_a_signal,
  quoted: phrases_quoted,
  steady: phrases_steady,
  made_up_in_part: phrases_made_up_in_part,
  although: phrases_although,
  made_up: phrases_made_up,
  with_points: phrases_with_points,
  bar_data: phrases_bar_data,
  bar_rules: phrases_bar_rules,
  bar_calendar: phrases_bar_calendar,
  bar_signals: phrases_bar_signals,
  slowed: phrases_slowed,
  quickened: phrases_quickened,
  rose: phrases_rose,
  fell: phrases_fell,
  good_ratings: phrases_good_ratings,
  few_good_ratings: phrases_few_good_ratings,
  count: phrases_count,
  renewal_due: phrases_renewal_due,
  renews: phrases_renews,
  worth: phrases_worth,
  today: phrases_today,
  tomorrow: phrases_tomorrow,
  yesterday: phrases_yesterday,
  in_days: phrases_in_days,
  days_ago: phrases_days_ago,
  signal_critical: phrases_signal_critical,
  signal_moderate: phrases_signal_moderate,
  signal_named: phrases_signal_named,
  stops_counting: phrases_stops_counting,
  without_it: phrases_without_it,
  silent_lately: phrases_silent_lately,
  silent_since_day: phrases_silent_since_day,
  silent_since_month: phrases_silent_since_month,
  no_champion: phrases_no_champion,
  no_champion_since: phrases_no_champion_since,
  payment_problem: phrases_payment_problem,
  payment_problems: phrases_payment_problems,
  no_conversations: phrases_no_conversations,
  users_fell: phrases_users_fell,
  link: phrases_link,
  link_not_mapped: phrases_link_not_mapped,
  link_not_configured: phrases_link_not_configured,
  link_no_permission: phrases_link_no_permission,
  link_no_field: phrases_link_no_field,
  task: phrases_task,
  one_in_four: phrases_one_in_four,
  one_in_three: phrases_one_in_three,
  half: phrases_half,
  most: phrases_most,
  no_history: phrases_no_history,
  tier: phrases_tier,
  reviews: phrases_reviews,
  next_review: phrases_next_review,
  next_review_or_not: phrases_next_review_or_not,
  cover_reviews: phrases_cover_reviews,
  cover_champion: phrases_cover_champion,
  by_itself: phrases_by_itself,
  with_reasons: phrases_with_reasons,
  with_end: phrases_with_end,
  end_named: phrases_end_named,
  end_unnamed: phrases_end_unnamed,
  alone_days_to_renewal: phrases_alone_days_to_renewal,
  alone_payment_health: phrases_alone_payment_health,
  alone_contract_changes: phrases_alone_contract_changes,
  alone_qbr_attendance: phrases_alone_qbr_attendance,
  alone_champion_stability: phrases_alone_champion_stability,
  alone: phrases_alone,
  all_done: phrases_all_done,
  top_kept: phrases_top_kept,
  top_lost: phrases_top_lost,
  reach_by_itself: phrases_reach_by_itself,
  reach_in_reach: phrases_reach_in_reach,
  reach_later: phrases_reach_later,
  reach_beyond_a_year: phrases_reach_beyond_a_year,
  similar: phrases_similar,
  under_percent: phrases_under_percent,
  drops_off: phrases_drops_off,
  last_drops_off: phrases_last_drops_off,
  first_and_last_drop_off: phrases_first_and_last_drop_off,
  capped: phrases_capped,
  capped_by_outage: phrases_capped_by_outage,
  loss: phrases_loss,
  percent: phrases_percent,
  day_one: phrases_day_one,
  days: phrases_days,
  per_week: phrases_per_week,
  seconds: phrases_seconds,
  minutes: phrases_minutes,
  hours: phrases_hours,
  hours_minutes: phrases_hours_minutes,
  next: phrases_next,
  full_stop: phrases_full_stop,
  listed: phrases_listed,
};
/** @type {Record<string, string>} */
export const ACTIONS = {
  p1_p2_pct: actions_p1_p2_pct,
  escalation_pct: actions_escalation_pct,
  median_first_response_seconds: actions_median_first_response_seconds,
  median_resolution_seconds: actions_median_resolution_seconds,
  csat_score: actions_csat_score,
  total_conversations: actions_total_conversations,
  csat_response_rate: actions_csat_response_rate,
  open_bugs: actions_open_bugs,
  critical_bugs: actions_critical_bugs,
  reopened_bugs: actions_reopened_bugs,
  avg_resolution_days: actions_avg_resolution_days,
  bug_trend: actions_bug_trend,
  days_to_renewal: actions_days_to_renewal,
  payment_health: actions_payment_health,
  contract_changes: actions_contract_changes,
  arr_trajectory_pct: actions_arr_trajectory_pct,
  tier_alignment: actions_tier_alignment,
  stickiness_pct: actions_stickiness_pct,
  mau_trend_pct: actions_mau_trend_pct,
  feature_breadth: actions_feature_breadth,
  login_frequency: actions_login_frequency,
  dau: actions_dau,
  mau: actions_mau,
  qbr_attendance: actions_qbr_attendance,
  champion_stability: actions_champion_stability,
  expansion_signals: actions_expansion_signals,
  messaging: actions_messaging,
  automations: actions_automations,
  contactless: actions_contactless,
  requests: actions_requests,
  staff_adoption: actions_staff_adoption,
  renewal_overdue: actions_renewal_overdue,
  renewal_soon: actions_renewal_soon,
  renewal_near: actions_renewal_near,
  signal_critical: actions_signal_critical,
  signal_moderate: actions_signal_moderate,
  silent_users: actions_silent_users,
  champion_vacant: actions_champion_vacant,
  payment_problem: actions_payment_problem,
  silent_conversations: actions_silent_conversations,
  users_falling: actions_users_falling,
};
/** @type {Record<string, string>} */
export const NAMES = {
  Champion: names_Champion,
  Healthy: names_Healthy,
  'At Risk': names_At_Risk,
  Critical: names_Critical,
  'Executive sponsor left': names_Executive_sponsor_left,
  'Competitor evaluation': names_Competitor_evaluation,
  'Contract dispute': names_Contract_dispute,
  'Budget cut': names_Budget_cut,
  Outage: names_Outage,
  'Feature gap': names_Feature_gap,
  'Low adoption': names_Low_adoption,
  Reorganisation: names_Reorganisation,
  'Merger or sale': names_Merger_or_sale,
  'Notice given': names_Notice_given,
  Other: names_Other,
  Suspected: names_Suspected,
  Confirmed: names_Confirmed,
  Solved: names_Solved,
  'False alarm': names_False_alarm,
  'No longer relevant': names_No_longer_relevant,
  'Customer left': names_Customer_left,
  Moderate: names_Moderate,
  Watch: names_Watch,
  Active: names_Active,
  Monitoring: names_Monitoring,
  Resolved: names_Resolved,
  'Support Health': names_Support_Health,
  'Financial & Contract': names_Financial_Contract,
  'Adoption & Engagement': names_Adoption_Engagement,
  'Relationship & Expansion': names_Relationship_Expansion,
  'Platform Value': names_Platform_Value,
};

/**
 * Who takes each on as shipped.
 *
 * @type {Record<string, string>}
 */
export const OWNERS = {
  p1_p2_pct: 'support',
  escalation_pct: 'support',
  median_first_response_seconds: 'support',
  median_resolution_seconds: 'support',
  csat_score: 'support',
  total_conversations: 'csm',
  csat_response_rate: 'csm',
  open_bugs: 'product',
  critical_bugs: 'product',
  reopened_bugs: 'product',
  avg_resolution_days: 'product',
  bug_trend: 'product',
  days_to_renewal: 'csm',
  payment_health: 'finance',
  contract_changes: 'csm',
  arr_trajectory_pct: 'csm',
  tier_alignment: 'csm',
  stickiness_pct: 'csm',
  mau_trend_pct: 'csm',
  feature_breadth: 'csm',
  login_frequency: 'csm',
  dau: 'csm',
  mau: 'csm',
  qbr_attendance: 'csm',
  champion_stability: 'csm',
  expansion_signals: 'csm',
  messaging: 'csm',
  automations: 'csm',
  contactless: 'csm',
  requests: 'csm',
  staff_adoption: 'csm',
  renewal_overdue: 'csm',
  renewal_soon: 'csm',
  renewal_near: 'csm',
  signal_critical: 'csm',
  signal_moderate: 'csm',
  silent_users: 'csm',
  champion_vacant: 'csm',
  payment_problem: 'finance',
  silent_conversations: 'csm',
  users_falling: 'csm',
};

/*
 * Generated from force-app/main/default/labels/CustomLabels.labels-meta.xml by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */

import alsoKnown from '@salesforce/label/c.Health_Card_Also_Known';
import barBehaviour from '@salesforce/label/c.Health_Card_Bar_Behaviour';
import barCalendar from '@salesforce/label/c.Health_Card_Bar_Calendar';
import barData from '@salesforce/label/c.Health_Card_Bar_Data';
import barRules from '@salesforce/label/c.Health_Card_Bar_Rules';
import barSignals from '@salesforce/label/c.Health_Card_Bar_Signals';
import cancel from '@salesforce/label/c.Health_Card_Cancel';
import cannotRecompute from '@salesforce/label/c.Health_Card_Cannot_Recompute';
import carried from '@salesforce/label/c.Health_Card_Carried';
import carriedSince from '@salesforce/label/c.Health_Card_Carried_Since';
import carriedTitle from '@salesforce/label/c.Health_Card_Carried_Title';
import changeFirst from '@salesforce/label/c.Health_Card_Change_First';
import changedFrom from '@salesforce/label/c.Health_Card_Changed_From';
import changesNote from '@salesforce/label/c.Health_Card_Changes_Note';
import changesTitle from '@salesforce/label/c.Health_Card_Changes_Title';
import churned from '@salesforce/label/c.Health_Card_Churned';
import churnedText from '@salesforce/label/c.Health_Card_Churned_Text';
import close from '@salesforce/label/c.Health_Card_Close';
import columnChange from '@salesforce/label/c.Health_Card_Column_Change';
import columnMonth from '@salesforce/label/c.Health_Card_Column_Month';
import columnScore from '@salesforce/label/c.Health_Card_Column_Score';
import columnTier from '@salesforce/label/c.Health_Card_Column_Tier';
import columnWhy from '@salesforce/label/c.Health_Card_Column_Why';
import compactNoAccount from '@salesforce/label/c.Health_Card_Compact_No_Account';
import compactOpen from '@salesforce/label/c.Health_Card_Compact_Open';
import comparedWith from '@salesforce/label/c.Health_Card_Compared_With';
import couldBe from '@salesforce/label/c.Health_Card_Could_Be';
import countsAfterRefresh from '@salesforce/label/c.Health_Card_Counts_After_Refresh';
import countsForLess from '@salesforce/label/c.Health_Card_Counts_For_Less';
import daysLeft from '@salesforce/label/c.Health_Card_Days_Left';
import details from '@salesforce/label/c.Health_Card_Details';
import differs from '@salesforce/label/c.Health_Card_Differs';
import differsFields from '@salesforce/label/c.Health_Card_Differs_Fields';
import differsText from '@salesforce/label/c.Health_Card_Differs_Text';
import doesNotMatch from '@salesforce/label/c.Health_Card_Does_Not_Match';
import down from '@salesforce/label/c.Health_Card_Down';
import explanationHidden from '@salesforce/label/c.Health_Card_Explanation_Hidden';
import explanationHiddenText from '@salesforce/label/c.Health_Card_Explanation_Hidden_Text';
import explanationUnreadable from '@salesforce/label/c.Health_Card_Explanation_Unreadable';
import failed from '@salesforce/label/c.Health_Card_Failed';
import failedText from '@salesforce/label/c.Health_Card_Failed_Text';
import fewerDetails from '@salesforce/label/c.Health_Card_Fewer_Details';
import fieldCategory from '@salesforce/label/c.Health_Card_Field_Category';
import fieldConfidence from '@salesforce/label/c.Health_Card_Field_Confidence';
import fieldDetail from '@salesforce/label/c.Health_Card_Field_Detail';
import fieldExpires from '@salesforce/label/c.Health_Card_Field_Expires';
import fieldExpiresHelp from '@salesforce/label/c.Health_Card_Field_Expires_Help';
import fieldObserved from '@salesforce/label/c.Health_Card_Field_Observed';
import fieldOutcome from '@salesforce/label/c.Health_Card_Field_Outcome';
import fieldSeverity from '@salesforce/label/c.Health_Card_Field_Severity';
import fromTo from '@salesforce/label/c.Health_Card_From_To';
import goesWith from '@salesforce/label/c.Health_Card_Goes_With';
import headlineSaid from '@salesforce/label/c.Health_Card_Headline_Said';
import held from '@salesforce/label/c.Health_Card_Held';
import heldAt from '@salesforce/label/c.Health_Card_Held_At';
import heldText from '@salesforce/label/c.Health_Card_Held_Text';
import higherIsBetter from '@salesforce/label/c.Health_Card_Higher_Is_Better';
import holdWhy from '@salesforce/label/c.Health_Card_Hold_Why';
import holdWhyInvalid from '@salesforce/label/c.Health_Card_Hold_Why_Invalid';
import holdWhyUnknownName from '@salesforce/label/c.Health_Card_Hold_Why_Unknown_Name';
import insideTitle from '@salesforce/label/c.Health_Card_Inside_Title';
import knownPart from '@salesforce/label/c.Health_Card_Known_Part';
import knownShare from '@salesforce/label/c.Health_Card_Known_Share';
import lastRefreshed from '@salesforce/label/c.Health_Card_Last_Refreshed';
import lastThirtyDays from '@salesforce/label/c.Health_Card_Last_Thirty_Days';
import loading from '@salesforce/label/c.Health_Card_Loading';
import lossFact from '@salesforce/label/c.Health_Card_Loss_Fact';
import lossesRest from '@salesforce/label/c.Health_Card_Losses_Rest';
import lossesTitle from '@salesforce/label/c.Health_Card_Losses_Title';
import lostTotal from '@salesforce/label/c.Health_Card_Lost_Total';
import lowerIsBetter from '@salesforce/label/c.Health_Card_Lower_Is_Better';
import lowest from '@salesforce/label/c.Health_Card_Lowest';
import markOutage from '@salesforce/label/c.Health_Card_Mark_Outage';
import markRules from '@salesforce/label/c.Health_Card_Mark_Rules';
import markSignal from '@salesforce/label/c.Health_Card_Mark_Signal';
import matches from '@salesforce/label/c.Health_Card_Matches';
import metricAria from '@salesforce/label/c.Health_Card_Metric_Aria';
import missingAria from '@salesforce/label/c.Health_Card_Missing_Aria';
import missingInvalid from '@salesforce/label/c.Health_Card_Missing_Invalid';
import missingList from '@salesforce/label/c.Health_Card_Missing_List';
import missingNoActivity from '@salesforce/label/c.Health_Card_Missing_No_Activity';
import missingNoField from '@salesforce/label/c.Health_Card_Missing_No_Field';
import missingNoHistory from '@salesforce/label/c.Health_Card_Missing_No_History';
import missingNoPermission from '@salesforce/label/c.Health_Card_Missing_No_Permission';
import missingNotConfigured from '@salesforce/label/c.Health_Card_Missing_Not_Configured';
import missingNotMapped from '@salesforce/label/c.Health_Card_Missing_Not_Mapped';
import missingNote from '@salesforce/label/c.Health_Card_Missing_Note';
import missingSourceDown from '@salesforce/label/c.Health_Card_Missing_Source_Down';
import missingTitle from '@salesforce/label/c.Health_Card_Missing_Title';
import missingUnknownName from '@salesforce/label/c.Health_Card_Missing_Unknown_Name';
import newerSignal from '@salesforce/label/c.Health_Card_Newer_Signal';
import newerSignalCaps from '@salesforce/label/c.Health_Card_Newer_Signal_Caps';
import newerSignalText from '@salesforce/label/c.Health_Card_Newer_Signal_Text';
import noAccess from '@salesforce/label/c.Health_Card_No_Access';
import noAnswer from '@salesforce/label/c.Health_Card_No_Answer';
import noExpiry from '@salesforce/label/c.Health_Card_No_Expiry';
import noLongerCounts from '@salesforce/label/c.Health_Card_No_Longer_Counts';
import noScore from '@salesforce/label/c.Health_Card_No_Score';
import noScoreYet from '@salesforce/label/c.Health_Card_No_Score_Yet';
import noScoreYetSince from '@salesforce/label/c.Health_Card_No_Score_Yet_Since';
import noScoreYetText from '@salesforce/label/c.Health_Card_No_Score_Yet_Text';
import noSignals from '@salesforce/label/c.Health_Card_No_Signals';
import notInFuture from '@salesforce/label/c.Health_Card_Not_In_Future';
import notInPopulation from '@salesforce/label/c.Health_Card_Not_In_Population';
import notRead from '@salesforce/label/c.Health_Card_Not_Read';
import notSaved from '@salesforce/label/c.Health_Card_Not_Saved';
import notScored from '@salesforce/label/c.Health_Card_Not_Scored';
import nothingKnown from '@salesforce/label/c.Health_Card_Nothing_Known';
import ofRetention from '@salesforce/label/c.Health_Card_Of_Retention';
import ofTheScore from '@salesforce/label/c.Health_Card_Of_The_Score';
import offline from '@salesforce/label/c.Health_Card_Offline';
import oneDayLeft from '@salesforce/label/c.Health_Card_One_Day_Left';
import oneOpenSignal from '@salesforce/label/c.Health_Card_One_Open_Signal';
import openRun from '@salesforce/label/c.Health_Card_Open_Run';
import openSignal from '@salesforce/label/c.Health_Card_Open_Signal';
import openSignals from '@salesforce/label/c.Health_Card_Open_Signals';
import outlookTitle from '@salesforce/label/c.Health_Card_Outlook_Title';
import ownedBy from '@salesforce/label/c.Health_Card_Owned_By';
import ownerAdmin from '@salesforce/label/c.Health_Card_Owner_Admin';
import ownerCsm from '@salesforce/label/c.Health_Card_Owner_Csm';
import ownerCustomer from '@salesforce/label/c.Health_Card_Owner_Customer';
import ownerFinance from '@salesforce/label/c.Health_Card_Owner_Finance';
import ownerNobody from '@salesforce/label/c.Health_Card_Owner_Nobody';
import ownerProduct from '@salesforce/label/c.Health_Card_Owner_Product';
import ownerSupport from '@salesforce/label/c.Health_Card_Owner_Support';
import partsNote from '@salesforce/label/c.Health_Card_Parts_Note';
import partsTitle from '@salesforce/label/c.Health_Card_Parts_Title';
import points from '@salesforce/label/c.Health_Card_Points';
import provisional from '@salesforce/label/c.Health_Card_Provisional';
import raise from '@salesforce/label/c.Health_Card_Raise';
import raised from '@salesforce/label/c.Health_Card_Raised';
import raisedBy from '@salesforce/label/c.Health_Card_Raised_By';
import readFrom from '@salesforce/label/c.Health_Card_Read_From';
import readOn from '@salesforce/label/c.Health_Card_Read_On';
import refresh from '@salesforce/label/c.Health_Card_Refresh';
import refreshing from '@salesforce/label/c.Health_Card_Refreshing';
import refreshingText from '@salesforce/label/c.Health_Card_Refreshing_Text';
import resolve from '@salesforce/label/c.Health_Card_Resolve';
import resolveText from '@salesforce/label/c.Health_Card_Resolve_Text';
import resolveTitle from '@salesforce/label/c.Health_Card_Resolve_Title';
import resolved from '@salesforce/label/c.Health_Card_Resolved';
import retention from '@salesforce/label/c.Health_Card_Retention';
import rulesMoved from '@salesforce/label/c.Health_Card_Rules_Moved';
import rulesVersion from '@salesforce/label/c.Health_Card_Rules_Version';
import save from '@salesforce/label/c.Health_Card_Save';
import scaleEarlier from '@salesforce/label/c.Health_Card_Scale_Earlier';
import scaleScore from '@salesforce/label/c.Health_Card_Scale_Score';
import scaleTier from '@salesforce/label/c.Health_Card_Scale_Tier';
import scoreGone from '@salesforce/label/c.Health_Card_Score_Gone';
import scoreOfMonth from '@salesforce/label/c.Health_Card_Score_Of_Month';
import scoreRecord from '@salesforce/label/c.Health_Card_Score_Record';
import seenOn from '@salesforce/label/c.Health_Card_Seen_On';
import severityCritical from '@salesforce/label/c.Health_Card_Severity_Critical';
import severityHelp from '@salesforce/label/c.Health_Card_Severity_Help';
import severityModerate from '@salesforce/label/c.Health_Card_Severity_Moderate';
import severityWatch from '@salesforce/label/c.Health_Card_Severity_Watch';
import showAsLine from '@salesforce/label/c.Health_Card_Show_As_Line';
import showAsTable from '@salesforce/label/c.Health_Card_Show_As_Table';
import signal from '@salesforce/label/c.Health_Card_Signal';
import signalEnded from '@salesforce/label/c.Health_Card_Signal_Ended';
import signalHolds from '@salesforce/label/c.Health_Card_Signal_Holds';
import signalNoEffect from '@salesforce/label/c.Health_Card_Signal_No_Effect';
import signalNotYet from '@salesforce/label/c.Health_Card_Signal_Not_Yet';
import signalSaid from '@salesforce/label/c.Health_Card_Signal_Said';
import signalsTitle from '@salesforce/label/c.Health_Card_Signals_Title';
import smallerOnes from '@salesforce/label/c.Health_Card_Smaller_Ones';
import sourceUnread from '@salesforce/label/c.Health_Card_Source_Unread';
import stale from '@salesforce/label/c.Health_Card_Stale';
import staleText from '@salesforce/label/c.Health_Card_Stale_Text';
import stepsNone from '@salesforce/label/c.Health_Card_Steps_None';
import stepsTitle from '@salesforce/label/c.Health_Card_Steps_Title';
import sum from '@salesforce/label/c.Health_Card_Sum';
import sumCapped from '@salesforce/label/c.Health_Card_Sum_Capped';
import task from '@salesforce/label/c.Health_Card_Task';
import taskDescription from '@salesforce/label/c.Health_Card_Task_Description';
import taskFor from '@salesforce/label/c.Health_Card_Task_For';
import taskOpen from '@salesforce/label/c.Health_Card_Task_Open';
import taskOpenNoDay from '@salesforce/label/c.Health_Card_Task_Open_No_Day';
import taskSubject from '@salesforce/label/c.Health_Card_Task_Subject';
import title from '@salesforce/label/c.Health_Card_Title';
import trendAria from '@salesforce/label/c.Health_Card_Trend_Aria';
import trendTitle from '@salesforce/label/c.Health_Card_Trend_Title';
import tryAgain from '@salesforce/label/c.Health_Card_Try_Again';
import unchanged from '@salesforce/label/c.Health_Card_Unchanged';
import until from '@salesforce/label/c.Health_Card_Until';
import unusable from '@salesforce/label/c.Health_Card_Unusable';
import up from '@salesforce/label/c.Health_Card_Up';
import wouldSettle from '@salesforce/label/c.Health_Card_Would_Settle';

/** Texts of the health card in the reader's language. {0}, {1} … are filled in. */
export {
  alsoKnown,
  barBehaviour,
  barCalendar,
  barData,
  barRules,
  barSignals,
  cancel,
  cannotRecompute,
  carried,
  carriedSince,
  carriedTitle,
  changeFirst,
  changedFrom,
  changesNote,
  changesTitle,
  churned,
  churnedText,
  close,
  columnChange,
  columnMonth,
  columnScore,
  columnTier,
  columnWhy,
  compactNoAccount,
  compactOpen,
  comparedWith,
  couldBe,
  countsAfterRefresh,
  countsForLess,
  daysLeft,
  details,
  differs,
  differsFields,
  differsText,
  doesNotMatch,
  down,
  explanationHidden,
  explanationHiddenText,
  explanationUnreadable,
  failed,
  failedText,
  fewerDetails,
  fieldCategory,
  fieldConfidence,
  fieldDetail,
  fieldExpires,
  fieldExpiresHelp,
  fieldObserved,
  fieldOutcome,
  fieldSeverity,
  fromTo,
  goesWith,
  headlineSaid,
  held,
  heldAt,
  heldText,
  higherIsBetter,
  holdWhy,
  holdWhyInvalid,
  holdWhyUnknownName,
  insideTitle,
  knownPart,
  knownShare,
  lastRefreshed,
  lastThirtyDays,
  loading,
  lossFact,
  lossesRest,
  lossesTitle,
  lostTotal,
  lowerIsBetter,
  lowest,
  markOutage,
  markRules,
  markSignal,
  matches,
  metricAria,
  missingAria,
  missingInvalid,
  missingList,
  missingNoActivity,
  missingNoField,
  missingNoHistory,
  missingNoPermission,
  missingNotConfigured,
  missingNotMapped,
  missingNote,
  missingSourceDown,
  missingTitle,
  missingUnknownName,
  newerSignal,
  newerSignalCaps,
  newerSignalText,
  noAccess,
  noAnswer,
  noExpiry,
  noLongerCounts,
  noScore,
  noScoreYet,
  noScoreYetSince,
  noScoreYetText,
  noSignals,
  notInFuture,
  notInPopulation,
  notRead,
  notSaved,
  notScored,
  nothingKnown,
  ofRetention,
  ofTheScore,
  offline,
  oneDayLeft,
  oneOpenSignal,
  openRun,
  openSignal,
  openSignals,
  outlookTitle,
  ownedBy,
  ownerAdmin,
  ownerCsm,
  ownerCustomer,
  ownerFinance,
  ownerNobody,
  ownerProduct,
  ownerSupport,
  partsNote,
  partsTitle,
  points,
  provisional,
  raise,
  raised,
  raisedBy,
  readFrom,
  readOn,
  refresh,
  refreshing,
  refreshingText,
  resolve,
  resolveText,
  resolveTitle,
  resolved,
  retention,
  rulesMoved,
  rulesVersion,
  save,
  scaleEarlier,
  scaleScore,
  scaleTier,
  scoreGone,
  scoreOfMonth,
  scoreRecord,
  seenOn,
  severityCritical,
  severityHelp,
  severityModerate,
  severityWatch,
  showAsLine,
  showAsTable,
  signal,
  signalEnded,
  signalHolds,
  signalNoEffect,
  signalNotYet,
  signalSaid,
  signalsTitle,
  smallerOnes,
  sourceUnread,
  stale,
  staleText,
  stepsNone,
  stepsTitle,
  sum,
  sumCapped,
  task,
  taskDescription,
  taskFor,
  taskOpen,
  taskOpenNoDay,
  taskSubject,
  title,
  trendAria,
  trendTitle,
  tryAgain,
  unchanged,
  until,
  unusable,
  up,
  wouldSettle,
};

/**
 * A text with its blanks filled in.
 *
 * @param {string} text
 * @param {...(string | number)} values
 * @returns {string}
 * @example fill('{0} of {1}', 3, 4) // => '3 of 4'
 */
export const fill = (text, ...values) =>
  text.replace(/\{(\d)\}/g, (blank, i) => String(values[Number(i)] ?? blank));

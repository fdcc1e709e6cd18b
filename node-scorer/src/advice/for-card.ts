/** What a card takes of the advice: to say anew, in its reader's words, what is stored with a score. */
export type { AccountFacts, AdviceInput } from './account.ts';
export type { AdviceItem, Advised, Stored } from './advice.ts';
export { retell } from './retell.ts';
export { renewalDay } from './renewal.ts';
export { itemWords } from './item-sentences.ts';
export { outlookSentences, waitingSentences } from './outlook-sentences.ts';
export { whySentence, type Told } from './sentences.ts';
export { toldOf } from './told.ts';
export { daysAway, metricSlots, say, valueName, type Speech } from './speech.ts';

/** What to do next about an account: pure, so that a card says it anew each day from what is stored. */
export { advise } from './advise.ts';
export type { Advice, Advised, AdviceItem, Stored as StoredAdvice, Waiting } from './advice.ts';
export type { AccountFacts, AdviceInput, Count, Earlier, NamedSignal, StoredTask } from './account.ts';
export { sliceOf, tableOf, type EvidenceSlice, type Pair } from './evidence.ts';
export type { Headline } from './headline.ts';
export type { EvidenceTable } from './share.ts';
export { sentencesOf, type Sentences, type Told } from './sentences.ts';
export { SHIPPED_TEXTS } from './shipped-texts.ts';
export { adviceTextsOf, offIn, type AdviceText, type AdviceTexts } from './texts.ts';
export { toldOf } from './told.ts';
export { adviseToStore, retell } from './retell.ts';
export { renewalDay } from './renewal.ts';
export { itemWords, stepSentence, type ItemWords } from './item-sentences.ts';
export { cappedSentence, reasonSentence } from './reason-sentence.ts';
export { outlookSentences, waitingSentences } from './outlook-sentences.ts';
export { whySentence } from './sentences.ts';
export { ENGLISH, fillSlots, type Phrase, type Phrases } from './phrases.ts';
export { ENGLISH_SPEECH, valueName, type Speech } from './speech.ts';

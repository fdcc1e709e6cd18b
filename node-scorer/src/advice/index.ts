/** What to do next about an account: pure, so that a card says it anew each day from what is stored. */
export { advise } from './advise.ts';
export type { Advice, Advised, AdviceItem, Waiting } from './advice.ts';
export type { AccountFacts, AdviceInput, NamedSignal, StoredTask } from './account.ts';
export { sliceOf, tableOf, type EvidenceSlice, type Pair } from './evidence.ts';
export type { Headline } from './headline.ts';
export type { EvidenceTable } from './share.ts';
export { sentencesOf, type Sentences, type Told } from './sentences.ts';
export { adviceTextsOf, offIn, type AdviceText, type AdviceTexts } from './texts.ts';
export { toldOf } from './told.ts';

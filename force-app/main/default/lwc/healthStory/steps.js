import { addDays, daysBetween } from 'c/scoringCore';
import {
  daysAway,
  itemWords,
  outlookSentences,
  renewalDay,
  retell,
  say,
  toldOf,
  waitingSentences,
  whySentence,
} from 'c/healthAdvice';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { ACTIONS, OWNERS } from 'c/healthPhrases';
import { inSentences } from './phrases';
import { makeSpeech, oneDecimal } from './speech';
import { ownerName, titled } from './words';

/** @typedef {import('./record').Details} Details */
/** @typedef {import('c/healthAdvice').AdviceItem} Item */
/** @typedef {import('c/healthAdvice').AdviceInput} Input */
/** @typedef {import('c/healthAdvice').Told} Told */

/** Days until a task is due, unless the renewal comes first. */
const DUE = { fact: 7, step: 30 };

/**
 * What to do, said anew for the reader's day from what is stored with the score.
 *
 * @param {import('./healthStory').Known} known
 * @returns what the steps show, and what the headline and the details take of it; null where nothing is advised
 */
export function adviceOf(known) {
  const { details, scorecard, account, today, dates, change, readings } = known;
  if (!details?.advice || !scorecard) return null;
  const { advice: stored, facts = {} } = details;
  /** @type {Input} */
  const input = {
    ...scorecard.input,
    signals: signalsSince(known),
    facts,
    plan: [],
    churnedOn: /** @type {string | null} */ (account?.Churned_On__c ?? null),
  };
  const retold = retell(scorecard.model, input, stored, today);
  const { advice, headline, rest } = retold;
  const earlier = change ? readings.get(change.since.period) : undefined;
  const speech = makeSpeech(dates);
  const told = toldOf(
    scorecard.model,
    input,
    earlier ? inputOf(input, earlier) : null,
    today,
    textsOf(stored.words),
    speech,
  );
  const without = advice.code === 'advice' ? advice.now.underlying : null;
  const renewal = renewalDay(facts, scorecard);
  const items = advice.items.map((item) => rowOf(item, wordsOf(item, without, told), renewal, known));
  const named = rest.map((item) => itemWords(item, null, told).what);
  const link = advice.items.find(({ kind }) => kind === 'link');
  return {
    why: headline ? inSentences(whySentence(headline, told), ...named) : '',
    renewal: renewal ? renewalLine(renewal, facts.arr ?? null, told) : '',
    link: link?.kind === 'link' ? fill(LABELS.wouldSettle, titled(link.source), shareText(link, speech)) : '',
    steps:
      advice.code === 'churned'
        ? null
        : {
            title: LABELS.stepsTitle,
            rows: items,
            empty: items.length === 0 ? LABELS.stepsNone : '',
            foot: advice.code === 'advice' ? footOf(advice, told) : '',
          },
    outlook:
      advice.code === 'advice'
        ? {
            title: LABELS.outlookTitle,
            rows: [
              ...[...outlookSentences(advice, told), ...waitingSentences(advice.waiting, told)].map(
                (label) => ({ label }),
              ),
              ...items
                .filter(({ hint }) => hint !== '')
                .map(({ what, hint }) => ({ label: what, fact: hint })),
            ].map((row, i) => ({ ...row, id: String(i), points: '' })),
          }
        : null,
  };
}

/**
 * Where the score goes by itself, and with all of it done; why is told in the details.
 *
 * @param {Extract<import('c/healthAdvice').Advised['advice'], { code: 'advice' }>} advice
 * @param {Told} told
 */
function footOf({ byItself, ifDone, items, horizon }, { speech, today }) {
  const alone = say(speech, 'by_itself', {
    score: speech.score(byItself.final),
    day: speech.day(horizon, today),
  });
  const done = say(speech, 'all_done', { score: speech.score(ifDone.final), tier: speech.name(ifDone.tier) });
  return inSentences(alone, items.length > 0 && ifDone.final !== byItself.final ? done : '');
}

/**
 * An item for a narrow place: its points stand beside it, and what more there is to know is told in the details.
 *
 * @param {Item} item
 * @param {number | null} without
 * @param {Told} told
 */
function wordsOf(item, without, told) {
  const { more, action, likely } = itemWords(item, without, told);
  const bare = /** @type {Item} */ ({
    ...item,
    points: null,
    ...(item.kind === 'fact' ? { expiresOn: null } : {}),
  });
  const points = item.points === null || item.points === 0 ? '' : told.speech.points(item.points);
  return { what: itemWords(bare, null, told).what, more, action, likely, points };
}

/**
 * @param {Extract<Item, { kind: 'link' }>} link
 * @param {import('c/healthAdvice').Speech} speech
 */
function shareText({ coverage }, speech) {
  return say(speech, 'percent', { n: speech.number(coverage, 1) });
}

/**
 * Signals of the score as they stand today: who resolved one since has been heard.
 *
 * @param {import('./healthStory').Known} known
 * @returns {Input['signals']}
 */
function signalsSince({ details, scorecard, signals, signalsKnown, today }) {
  const asOf = scorecard?.input.asOf ?? '';
  return (details?.signals ?? []).map((signal) => {
    const row = signals.find(({ Id }) => Id === signal.id);
    if (!signalsKnown || signal.resolvedOn !== null) return signal;
    // One that was deleted is as good as resolved.
    const resolvedOn = row ? row.Resolved_On__c : today;
    return typeof resolvedOn === 'string' && resolvedOn > asOf
      ? { ...signal, status: /** @type {const} */ ('resolved'), resolvedOn }
      : signal;
  });
}

/**
 * What sentences need of the earlier score, from its compact readings.
 *
 * @param {Input} input
 * @param {Record<string, unknown>} compact
 * @returns {Input}
 */
function inputOf(input, { '#': counts, ...values }) {
  return {
    ...input,
    readings: Object.fromEntries(
      Object.entries(values).flatMap(([id, value]) => (typeof value === 'number' ? [[id, { value }]] : [])),
    ),
    facts: { counts: /** @type {NonNullable<Input['facts']['counts']>} */ (counts ?? {}) },
  };
}

/**
 * Owner and words of everything: in the reader's language, but where an admin has changed them.
 *
 * @param {NonNullable<Details['advice']>['words']} words
 * @returns {Told['texts']}
 */
function textsOf(words = {}) {
  /** @type {Record<string, any>} */
  const texts = {};
  for (const [id, action] of Object.entries(ACTIONS)) {
    const own = words[id];
    texts[id] = own ?? { owner: OWNERS[id], action, enabled: true };
  }
  return { metrics: texts, facts: texts };
}

/**
 * @param {string} date
 * @param {number | null} arr
 * @param {Told} told
 */
function renewalLine(date, arr, { speech, today }) {
  const days = daysBetween(today, date);
  const said = say(speech, days < 0 ? 'renewal_due' : 'renews', {
    date: speech.day(date, today),
    when: daysAway(speech, days),
  });
  return arr === null ? said : say(speech, 'worth', { said, amount: speech.money(arr) });
}

/**
 * The name under which a task of an item is found again.
 *
 * @param {Item} item
 * @returns {string}
 */
function codeOf(item) {
  if (item.kind === 'link') return `link_${item.source}`;
  if (item.kind !== 'fact') return item.metric;
  // A drop is about its metric: a task on that is the same task.
  return item.code === 'sharp_drop' ? String(item.metric) : item.code;
}

/**
 * One line, with the task that it can become, or the one that it has become.
 *
 * @param {Item} item
 * @param {{ what: string, more: string, action: string, likely: string, points: string }} words
 * @param {string | null} renewal
 * @param {import('./healthStory').Known} known
 */
function rowOf(
  item,
  { what, more, action, likely, points },
  renewal,
  { account, accountName, row, today, tasks, dates, details, past },
) {
  const id = codeOf(item);
  const owner = item.kind === 'link' ? 'admin' : (details?.advice?.words?.[id]?.owner ?? OWNERS[id] ?? 'csm');
  const open = tasks.find(({ Health_Step__c: step }) => step === id);
  const due = open?.ActivityDate;
  const text = action || what;
  return {
    id,
    what,
    points,
    action,
    // Who takes it on, unless the words say so already.
    owner:
      owner === 'csm' || action.includes(ownerName(owner)) ? '' : fill(LABELS.goesWith, ownerName(owner)),
    hint: inSentences(more, likely),
    taskId: open?.Id ?? null,
    // A customer's past month is looked at, not worked on.
    button: past
      ? ''
      : open
        ? due
          ? fill(LABELS.taskOpen, dates.dayOfYear(String(due)))
          : LABELS.taskOpenNoDay
        : LABELS.task,
    aria: open ? '' : fill(LABELS.taskFor, text),
    task: {
      Subject: fill(LABELS.taskSubject, text, accountName).slice(0, 255),
      ActivityDate: dueOn(today, item.kind === 'fact' ? DUE.fact : DUE.step, renewal),
      Description: fill(
        LABELS.taskDescription,
        accountName,
        oneDecimal(row.Health_Score__c),
        inSentences(what, more, action, likely),
      ),
      OwnerId: String(account?.OwnerId ?? ''),
      Health_Step__c: id,
    },
  };
}

/**
 * In so many days, but before the renewal when that is still to come.
 *
 * @param {string} today
 * @param {number} days
 * @param {string | null} renewal
 */
function dueOn(today, days, renewal) {
  const due = addDays(today, days);
  if (renewal === null || renewal <= today || due < renewal) return due;
  const before = addDays(renewal, -1);
  return before < today ? today : before;
}

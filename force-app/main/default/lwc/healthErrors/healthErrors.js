import { noAnswer, offline } from 'c/healthLabels';

/** What browsers and the platform say when nothing came back: it tells no reader what to do. */
const NO_ANSWER =
  /failed to fetch|networkerror|load failed|server is not available|SERVER_UNAVAILABLE|timed? ?out|disconnected/i;

/** @param {string} message */
function inWords(message) {
  if (!NO_ANSWER.test(message)) return message;
  return navigator.onLine ? noAnswer : offline;
}

/**
 * Messages of an error of any kind: thrown, rejected, of a wire, of a mutation, of a form.
 *
 * @param {unknown} error one error or a list of them
 * @returns {string[]} without repeats; empty when there is none
 * @example messagesOf([{ message: 'Say what was seen or heard.' }]) // => ['Say what was seen or heard.']
 */
export function messagesOf(error) {
  return [...new Set(flatten(error))];
}

/**
 * The one view of errors: what went wrong for the reader, and what was said about it.
 *
 * @param {string} title
 * @param {unknown} error of any kind
 * @param {...import('c/healthNotice').Action} actions
 * @returns {import('c/healthNotice').Notice}
 * @example errorNotice('Not saved.', 'No such day.').text // => 'No such day.'
 */
export const errorNotice = (title, error, ...actions) => ({
  id: 'error',
  kind: 'error',
  title,
  text: [...new Set(messagesOf(error).map(inWords))].join('\n'),
  actions,
});

/**
 * @param {unknown} error
 * @returns {string[]}
 */
function flatten(error) {
  if (Array.isArray(error)) return error.flatMap(flatten);
  if (typeof error !== 'object') return error ? [String(error)] : [];
  const { message, body, errors } = /** @type {{ message?: unknown, body?: unknown, errors?: unknown }} */ (
    error ?? {}
  );
  const inside = flatten([body, errors]);
  return inside.length > 0 ? inside : flatten(message);
}

/**
 * Whether an answer failed because the reader may not see an object or field: GraphQL then knows no such name.
 *
 * @param {unknown} error
 * @returns {boolean}
 * @example isHidden([{ message: "… Field 'Health_Score__c' in type 'RecordQuery' is undefined" }]) // => true
 */
export const isHidden = (error) =>
  messagesOf(error).some((message) => /FieldUndefined|Field '\w+' in type '\w+' is undefined/.test(message));

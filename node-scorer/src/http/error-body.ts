const LONGEST = 200;

type Json = unknown;

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = (...values: Json[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

/** Code and message of one error entry, in any of the four vendors' shapes. */
function entry(error: Json): string[] {
  if (!isRecord(error)) return texts(error);
  const said = texts(error['code'] ?? error['errorCode'] ?? error['field'], error['message']);
  return said.length === 0 ? [] : [said.join(': ')];
}

/**
 * What a vendor says is wrong, from the error shapes of Intercom (`errors[].code`), Jira (`errorMessages`,
 * `errors{}`), Looker (`message`, `errors[]`) and Salesforce (`[{errorCode}]`): short, on one line, without the
 * rest of the body and without any of the secrets. Null when the body is none of these.
 *
 * @example readErrorBody('{"errorMessages":["Bounded query needed"],"errors":{}}', []) // => 'Bounded query needed'
 */
export function readErrorBody(body: string, secrets: readonly string[]): string | null {
  const json = parsed(body);
  const list = Array.isArray(json) ? json : isRecord(json) ? listOf(json) : [];
  const said = [...new Set(list.flatMap(entry))].join('; ').replaceAll(/\s+/g, ' ').trim();
  if (said === '') return null;
  const safe = redact(said, secrets);
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1)}…` : safe;
}

function listOf(json: Record<string, Json>): Json[] {
  const { errors, errorMessages, message, error, error_description: description } = json;
  const named = isRecord(errors)
    ? Object.entries(errors).map(([field, text]) => ({ field, message: text }))
    : [];
  return [
    ...(Array.isArray(errorMessages) ? (errorMessages as Json[]) : []),
    ...(Array.isArray(errors) ? (errors as Json[]) : named),
    ...texts(message, error, description),
  ];
}

/**
 * Takes every secret out of a text.
 *
 * @example redact('bad token abc123', ['abc123']) // => 'bad token [secret]'
 */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((safe, secret) => (secret === '' ? safe : safe.replaceAll(secret, '[secret]')), text);

function parsed(body: string): Json {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

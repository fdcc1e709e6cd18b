type Variables = Readonly<Record<string, string | undefined>>;

const BLOT = '***';
/** Shorter values occur in any text by chance. */
const SHORTEST = 6;
/** Names of variables whose values are secrets. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|_PAT$|_KEY$|KEY_ID$|CLIENT_ID|EMAIL|USERNAME|DATABASE_URL/;

/** What looks like a credential, whoever made it; what is captured as `keep` stays. */
const CREDENTIALS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<keep>\b(?:Bearer|Basic|Token)\s+)[\w+/=.~:-]{6,}/gi,
  // A JSON Web Token.
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  // A session of Salesforce.
  /\b00D[a-zA-Z0-9]{9,15}![\w.]{10,}/g,
  // User and password of an address, and all that stands behind its question mark.
  /(?<keep>\w+:\/\/)[^\s/@]+(?=@)/g,
  /(?<keep>https?:\/\/[^\s?#"')]+\?)[^\s"')]+/g,
  /(?<keep>(?:api[_-]?key|token|secret|password|passwd|pwd|signature|assertion)["']?\s*[:=]\s*["']?)[^\s"',&}]{4,}/gi,
  /[\w.+-]+@[\w-]+\.[\w.-]+/g,
];

type Span = readonly [start: number, end: number];

/**
 * Makes a function that blots secrets out of a text: values of secret variables, plain, in Base64, percent-encoded
 * or as JSON, and what looks like a credential: bearer tokens, keys, sessions, queries of addresses, e-mail addresses.
 *
 * @example makeScrubber({ JIRA_API_TOKEN: 's3cret-token' })('refused s3cret-token') // => 'refused ***'
 */
export function makeScrubber(variables: Variables): (text: string) => string {
  const known = Object.entries(variables)
    .filter(([name, value]) => SECRET_NAME.test(name) && (value?.trim().length ?? 0) >= SHORTEST)
    .flatMap(([, value]) => formsOf((value as string).trim()));
  // All are looked for in the text as it came: one that is blotted out could hide the rest of another.
  return (text) => blot(text, [...known.flatMap((form) => spansOf(form, text)), ...credentialsIn(text)]);
}

function spansOf(form: string, text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    spans.push([at, at + form.length]);
  }
  return spans;
}

const credentialsIn = (text: string): Span[] =>
  CREDENTIALS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match): Span => {
      const kept = match.groups?.['keep']?.length ?? 0;
      return [match.index + kept, match.index + match[0].length];
    }),
  );

/** The text with one blot for each stretch that spans cover. */
function blot(text: string, spans: readonly Span[]): string {
  let out = '';
  let covered = -1;
  let rest = 0;
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    if (start > covered) out += text.slice(rest, start) + BLOT;
    covered = Math.max(covered, end);
    rest = covered;
  }
  return out + text.slice(rest);
}

/** How a value may stand in a text. */
function formsOf(value: string): string[] {
  const lines = value.replaceAll('\\n', '\n');
  const base64 = Buffer.from(value).toString('base64');
  return [
    value,
    lines,
    JSON.stringify(lines).slice(1, -1),
    encodeURIComponent(value),
    base64,
    // Without its last group, which depends on what follows the value in a longer text.
    base64.replace(/=+$/, '').slice(0, Math.floor(value.length / 3) * 4),
  ].filter((form) => form.length >= SHORTEST);
}

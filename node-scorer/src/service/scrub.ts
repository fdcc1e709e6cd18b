type Variables = Readonly<Record<string, string | undefined>>;

const BLOT = '***';
/** Shorter values occur in any text by chance. */
const SHORTEST = 6;
/** Names of variables whose values are secrets. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|_PAT$|_KEY$|KEY_ID$|CLIENT_ID|EMAIL|USERNAME|DATABASE_URL/;

/**
 * What looks like a credential, whoever made it; what is captured as `keep` stays. Strangers choose the texts, so each
 * takes time in proportion to their length: none begins with a run of any length, and where a run may follow, the next
 * place to begin lies behind it.
 */
const CREDENTIALS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /(?<keep>\b(?:Bearer|Basic|Token)\s{1,20})[\w+/=.~:-]{6,}/gi,
  // A session of Salesforce.
  /\b00D[a-zA-Z0-9]{9,15}![\w.]{10,}/g,
  // User and password of an address, and all that stands behind its question mark.
  /(?<=\w:\/\/)[^\s/@]+(?=@)/g,
  /(?<=https?:\/\/[^\s?#"')]+\?)[^\s"')]+/g,
  /(?<keep>(?:api[_-]?key|token|secret|password|passwd|pwd|signature|assertion)["']?\s{0,20}[:=]\s{0,20}["']?)[^\s"',&}]{4,}/gi,
];

/** Runs of what addresses of mail and web tokens are made of; no two of them touch. */
const RUNS = /[\w.+@-]+/g;
const SHORTEST_TOKEN_PART = 'eyJ'.length + 8;

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

function credentialsIn(text: string): Span[] {
  const shaped = CREDENTIALS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match): Span => {
      const kept = match.groups?.['keep']?.length ?? 0;
      return [match.index + kept, match.index + match[0].length];
    }),
  );
  const inRuns = Array.from(text.matchAll(RUNS), ({ 0: run, index }) =>
    [...mailIn(run), ...webTokensIn(run)].map(([start, end]): Span => [index + start, index + end]),
  );
  return [...shaped, ...inRuns.flat()];
}

/** Mail addresses in a run: name, @, and a host with a dot in it. */
function mailIn(run: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const parts = run.split('@');
  for (const [index, part] of parts.entries()) {
    const host = parts[index + 1];
    // A plus ends a host, and stands in names.
    const plain = host?.split('+', 1)[0] ?? '';
    if (part !== '' && plain.indexOf('.') > 0) {
      spans.push([start, start + part.length + 1 + plain.length]);
    }
    start += part.length + 1;
  }
  return spans;
}

/** JSON Web Tokens in a run: parts between dots of which the first begins with `{"` in Base64. */
function webTokensIn(run: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const parts = run.split('.');
  for (const [index, part] of parts.entries()) {
    const [payload, signature] = [parts[index + 1] ?? '', parts[index + 2]];
    const at = part.search(/\beyJ/);
    const cut = part.search(/[+@]/);
    if (at >= 0 && cut < at && part.length - at >= SHORTEST_TOKEN_PART && payload !== '') {
      const end = start + part.length + 1 + payload.length;
      spans.push([start + at, signature === undefined ? end : end + 1 + signature.length]);
    }
    start += part.length + 1;
  }
  return spans;
}

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

/** Who takes a step on. */
export const OWNERS = ['csm', 'support', 'product', 'finance', 'admin'] as const;

export interface AdviceText {
  readonly owner: (typeof OWNERS)[number];
  /** What to do, without a full stop. */
  readonly action: string;
  readonly enabled: boolean;
}

/** Owner and words of each metric and fact. */
export interface AdviceTexts {
  readonly metrics: Readonly<Record<string, AdviceText>>;
  readonly facts: Readonly<Record<string, AdviceText>>;
}

const LONGEST = 255;

/**
 * Reads what `config/advice.yaml` holds once it has been parsed.
 *
 * @returns what is wrong with it, each as `where: found …, expected …`, instead of texts
 * @example adviceTextsOf(parsed).texts?.metrics.messaging?.owner // => 'csm'
 */
export function adviceTextsOf(
  parsed: unknown,
):
  | { readonly texts: AdviceTexts; readonly problems?: undefined }
  | { readonly texts?: undefined; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const part = (name: 'metrics' | 'facts'): Record<string, AdviceText> => {
    const entries = isMap(parsed) ? parsed[name] : undefined;
    if (!isMap(entries)) {
      problems.push(`${name}: found ${typeof entries}, expected a map`);
      return {};
    }
    return Object.fromEntries(
      Object.entries(entries).flatMap(([id, entry]) => {
        const { text, wrong } = read(entry);
        problems.push(...wrong.map((problem) => `${name}.${id}.${problem}`));
        return [[id, text]];
      }),
    );
  };
  const texts = { metrics: part('metrics'), facts: part('facts') };
  return problems.length > 0 ? { problems } : { texts };
}

function read(entry: unknown): { text: AdviceText; wrong: string[] } {
  const { owner, action, enabled = true } = isMap(entry) ? entry : {};
  const wrong: string[] = [];
  const known = OWNERS.find((one) => one === owner);
  if (known === undefined) wrong.push(`owner: found ${String(owner)}, expected ${OWNERS.join(', ')}`);
  if (typeof action !== 'string' || action.trim() === '' || action.length > LONGEST) {
    wrong.push(`action: found ${String(action)}, expected a text of at most ${String(LONGEST)} characters`);
  }
  if (typeof enabled !== 'boolean') wrong.push(`enabled: found ${String(enabled)}, expected true or false`);
  return { text: { owner: known ?? 'csm', action: String(action), enabled: enabled === true }, wrong };
}

/**
 * Metrics and facts that are switched off.
 *
 * @example offIn(texts) // => ['requests']
 */
export const offIn = ({ metrics, facts }: AdviceTexts): string[] =>
  [...Object.entries(metrics), ...Object.entries(facts)]
    .filter(([, { enabled }]) => !enabled)
    .map(([id]) => id);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

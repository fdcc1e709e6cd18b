import type { ConversationTest, IntercomSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { MissingReason } from '../../scoring/index.ts';
import { unknownName, type UnknownName } from '../names.ts';
import type { Attribute, NameCalls } from './name-calls.ts';

/** The tests of sources.yaml, and the metric that each decides. */
const TESTED = { p1_p2: 'p1_p2_pct', escalation: 'escalation_pct' } as const;
export type Tested = keyof typeof TESTED;
const LISTS = Object.keys(TESTED) as Tested[];

/** Both vocabularies of priority: a list may hold the words of either version of the API. */
const EVERY_PRIORITY = ['none', 'low', 'medium', 'high', 'urgent', 'priority', 'not_priority'];

type Settings = Pick<IntercomSource, Tested>;

/** What a workspace says of the names that sources.yaml tests conversations by. */
export interface NamesKnown {
  readonly unknown: readonly UnknownName[];
  /** Tests that cannot be asked, and why: none of their names is known, or we may not see whether any is. */
  readonly unasked: ReadonlyMap<Tested, MissingReason>;
  /** Lists that we may not see, for a person to grant. */
  readonly hidden: readonly string[];
}

interface Lists {
  readonly tags: readonly string[] | null;
  readonly teams: readonly { readonly id: string; readonly name: string }[] | null;
  readonly attributes: readonly Attribute[] | null;
  readonly priorities: readonly string[];
}

/** One name of a test, and whether the workspace has it; null when that cannot be seen. */
interface Named {
  readonly at: string;
  readonly kind: string;
  readonly name: string;
  readonly isKnown: boolean | null;
  readonly candidates: readonly string[];
  readonly meant?: string | undefined;
  /** Not worth a word where others of its list are known. */
  readonly isQuiet?: boolean;
}

/**
 * Asks a workspace for the names that the tests of sources.yaml need, a call for each kind of name that they use, and
 * tells which it does not know. A list is any-of: one known name is enough for its metric.
 *
 * @throws ScorerError SOURCE_DOWN, SOURCE_UNEXPECTED, SOURCE_REFUSED (but for 403: that is one list we may not see)
 * @example (await readNames(client, settings)).unasked.get('escalation') // => 'unknown_name'
 */
export async function readNames(client: NameCalls, settings: Settings): Promise<NamesKnown> {
  const tests = LISTS.flatMap((list) => settings[list]);
  const hidden: string[] = [];
  const listOf = async <T>(kind: string, isUsed: boolean, read: () => Promise<readonly T[]>) => {
    if (!isUsed) return [];
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ScorerError) || error.vendorStatus !== 403) throw error;
      hidden.push(`${kind}: ${error.message}`);
      return null;
    }
  };
  const uses = (kind: string): boolean => tests.some((test) => kind in test);
  const [tags, teams, attributes] = await Promise.all([
    listOf('tags', uses('tag'), client.tags),
    listOf('teams', uses('team'), client.teams),
    listOf('attributes', uses('custom_attribute'), client.attributes),
  ]);
  const { unknown, unasked } = judge(settings, { tags, teams, attributes, priorities: client.priorities });
  return { unknown, unasked, hidden };
}

function judge(settings: Settings, lists: Lists): Omit<NamesKnown, 'hidden'> {
  const unknown: UnknownName[] = [];
  const unasked = new Map<Tested, MissingReason>();
  for (const list of LISTS) {
    const names = settings[list].flatMap((test, i) => namesOf(test, `intercom.${list}[${i}]`, lists));
    const isKnown = names.some((one) => one.isKnown === true);
    // Without any test nothing would ever pass: that is no zero either.
    if (names.length === 0) unasked.set(list, 'not_configured');
    else if (names.some((one) => one.isKnown === null)) unasked.set(list, 'no_permission');
    else if (!isKnown) unasked.set(list, 'unknown_name');
    const costs = isKnown ? [] : [TESTED[list]];
    for (const { at, kind, name, candidates, meant, isQuiet } of names.filter(
      (one) => one.isKnown === false,
    )) {
      if (isKnown && isQuiet === true) continue;
      unknown.push(unknownName({ at, kind, name, known: candidates, costs, meant }));
    }
  }
  return { unknown, unasked };
}

function namesOf(test: ConversationTest, at: string, lists: Lists): Named[] {
  if ('priority' in test) {
    const { priorities } = lists;
    return test.priority.map((name) => ({
      at: `${at}.priority`,
      kind: 'priority',
      name,
      isKnown: has(priorities, name),
      candidates: priorities,
      isQuiet: has(EVERY_PRIORITY, name) === true,
    }));
  }
  if ('tag' in test) {
    const { tags } = lists;
    return test.tag.map((name) => ({
      at: `${at}.tag`,
      kind: 'tag',
      name,
      isKnown: has(tags, name),
      candidates: tags ?? [],
    }));
  }
  if ('team' in test) {
    const { teams } = lists;
    return test.team.map((name) => ({
      at: `${at}.team`,
      kind: 'team',
      name,
      isKnown: teams === null ? null : teams.some(({ id }) => id === name),
      candidates: [],
      // By its name it is not found among conversations: they carry the id.
      meant: teams?.find((team) => has([team.name], name))?.id,
    }));
  }
  return [attributeName(test.custom_attribute, `${at}.custom_attribute`, lists.attributes)];
}

/** People type names; their case does not matter where it does not matter to a test. */
const has = (known: readonly string[] | null, name: string): boolean | null =>
  known === null ? null : known.some((one) => one.toLowerCase() === name.toLowerCase());

type AttributeTest = Extract<ConversationTest, { custom_attribute: unknown }>['custom_attribute'];

function attributeName(
  { name, equals }: AttributeTest,
  at: string,
  known: readonly Attribute[] | null,
): Named {
  if (known === null) return { at, kind: 'attribute', name, isKnown: null, candidates: [] };
  const attribute = known.find((one) => one.name === name);
  if (attribute === undefined) {
    return { at, kind: 'attribute', name, isKnown: false, candidates: known.map((one) => one.name) };
  }
  const fits = typesOf(attribute).includes(typeof equals);
  const isOption =
    attribute.options.length === 0 || typeof equals !== 'string' || attribute.options.includes(equals);
  return {
    at,
    kind: `value of the ${attribute.type} attribute ${JSON.stringify(name)}`,
    name: String(equals),
    isKnown: fits && isOption,
    candidates: typeof equals === 'boolean' || fits ? attribute.options : [],
  };
}

/** What a value of an attribute may be for us. */
function typesOf({ type }: Attribute): string[] {
  switch (type) {
    case 'boolean':
      return ['boolean'];
    case 'integer':
    case 'decimal':
    case 'float':
      return ['number'];
    case 'string':
    case 'list':
      return ['string'];
    case 'relationship':
    case 'files':
      return [];
    default:
      return ['boolean', 'number', 'string'];
  }
}

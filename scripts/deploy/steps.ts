import { textOf } from 'local-org/metadata';
import { OPTIONAL_OBJECTS, optionalOf } from '../metadata/rules/permissions.ts';
import type { ReferenceGraph, Unit } from '../metadata/reference-graph.ts';

/** What is sent to the org at once, as one transaction. */
export interface Step {
  /** What it holds, in words: flows and what names them. */
  name: string;
  units: Unit[];
  /** Of a step that may fail alone: what is then missing and what to do. */
  optional: { without: string; advice: string } | undefined;
  /** Objects that the org must have for this step. */
  needs: string[];
  /** Parts of earlier steps that must be in the org before this one can be checked there at all. */
  after: Unit[];
}

/**
 * Whether a part may have to be in the org before one that names it is sent: in one transaction the types that an org
 * generates of an External Service may not be there yet when a flow that calls it is compiled
 * (forcedotcom/cli#2233; the extended error ACTIONCALL_NOT_FOUND_WITH_NAME_AND_TYPE).
 */
const mustWait = (from: Unit, to: Unit): boolean =>
  from.type === 'Flow' && to.type === 'ExternalServiceRegistration';

const REPORTS = new Set(['Report', 'ReportFolder']);
const DASHBOARDS = new Set(['Dashboard', 'DashboardFolder']);

type Kind = Pick<Step, 'name' | 'optional' | 'needs'>;

/** What an org may refuse for reasons of its own, and the rest works without. */
function optionalKind(unit: Unit): Kind | undefined {
  if (REPORTS.has(unit.type))
    return {
      name: 'reports',
      needs: [],
      optional: {
        without: 'the reports and their folder',
        advice:
          'give the deploying user Manage Reports in Public Folders, or take out the column that the org does not know, and run again',
      },
    };
  if (DASHBOARDS.has(unit.type))
    return {
      name: 'dashboards',
      needs: [],
      optional: {
        without: 'the dashboard',
        advice:
          "it shows each viewer's own data, and an edition allows only so many of those (Enterprise 5, Developer 3; the recycle bin counts): delete one, or give the deploying user Manage Dynamic Dashboards, and run again",
      },
    };
  const set = unit.type === 'PermissionSet' ? unit.parts[0] : undefined;
  const needs = set ? optionalOf(set.root) : [];
  if (needs.length === 0) return undefined;
  return {
    name: `permissions on ${needs.join(', ')} (${unit.name})`,
    needs,
    optional: {
      without: `permission set ${unit.name}`,
      advice: `switch ${needs.map((one) => OPTIONAL_OBJECTS.get(one) ?? one).join('; ')} on if you want it, and run again`,
    },
  };
}

/** In which step each unit can go at the earliest: after what must wait, with everything else that it names. */
function levels({ units, references }: ReferenceGraph): Map<string, number> {
  const found = new Map([...units.keys()].map((key) => [key, 0]));
  // As many rounds as there are units suffice; one more would mean that something waits for itself.
  for (let round = 0; round <= units.size; round++) {
    let moved = false;
    for (const [key, named] of references)
      for (const other of named) {
        const [from, to] = [units.get(key), units.get(other)];
        const least = (found.get(other) ?? 0) + (from && to && mustWait(from, to) ? 1 : 0);
        if ((found.get(key) ?? 0) >= least) continue;
        found.set(key, least);
        moved = true;
      }
    if (!moved) return found;
  }
  throw new Error('found parts that wait for each other, expected an order in which they can be deployed');
}

/** Kinds of parts in words, most of them first: 5 flows, 2 quick actions. */
function inWords(units: readonly Unit[]): string {
  const counts = new Map<string, number>();
  for (const { type } of units) counts.set(type, (counts.get(type) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
  return `${most.map(([type, count]) => `${count} ${type}`).join(', ')}${counts.size > 3 ? ' and more' : ''}`;
}

/**
 * The steps of a deploy, in order. Each part goes into the org with or after everything that it names, and after the
 * External Services that it calls; what an org may refuse for reasons of its own comes last and may fail alone.
 *
 * @example planSteps(referenceGraph(readProject(['force-app']))).map((step) => step.optional === undefined)
 * // => [true, true, false, false, false]
 */
export function planSteps(graph: ReferenceGraph): Step[] {
  const { units, references } = graph;
  const all = [...units.values()].filter(({ type }) => type !== 'CustomMetadata');
  const kinds = new Map<string, Kind>();
  for (const unit of all) {
    const kind = optionalKind(unit);
    if (kind) kinds.set(unit.key, kind);
  }
  // What names something optional cannot be had without it.
  for (let before = -1; before !== kinds.size;) {
    before = kinds.size;
    for (const unit of all) {
      const above = [...(references.get(unit.key) ?? [])].find((key) => kinds.has(key));
      const kind = above === undefined ? undefined : kinds.get(above);
      if (kind && !kinds.has(unit.key)) kinds.set(unit.key, kind);
    }
  }
  const level = levels(graph);
  const required = all.filter(({ key }) => !kinds.has(key));
  const waiting = (members: readonly Unit[]): Unit[] => {
    const own = new Set(members.map(({ key }) => key));
    const called = members.flatMap((from) =>
      [...(references.get(from.key) ?? [])].flatMap((key) => {
        const to = units.get(key);
        return to && !own.has(key) && mustWait(from, to) ? [to] : [];
      }),
    );
    return [...new Set(called)];
  };
  const steps: Step[] = [];
  for (const height of [...new Set(required.map(({ key }) => level.get(key) ?? 0))].sort((a, b) => a - b)) {
    const members = required.filter(({ key }) => level.get(key) === height);
    const after = [...(steps.at(-1)?.after ?? []), ...waiting(members)];
    steps.push({ name: inWords(members), units: members, optional: undefined, needs: [], after });
  }
  for (const name of new Set([...kinds.values()].map((kind) => kind.name))) {
    const members = all.filter(({ key }) => kinds.get(key)?.name === name);
    const [kind] = [...kinds.values()].filter((one) => one.name === name);
    steps.push({
      name,
      units: members,
      optional: kind?.optional,
      needs: kind?.needs ?? [],
      after: waiting(members),
    });
  }
  return inOrder(steps, references);
}

/** Required steps first; among the optional ones, each after those that it names. */
function inOrder(steps: Step[], references: ReferenceGraph['references']): Step[] {
  const names = (one: Step, other: Step): boolean => {
    const keys = new Set(other.units.map(({ key }) => key));
    return one.units.some(({ key }) => [...(references.get(key) ?? [])].some((named) => keys.has(named)));
  };
  const placed = steps.filter((step) => step.optional === undefined);
  let open = steps.filter((step) => step.optional !== undefined);
  while (open.length > 0) {
    const next = open.find((one) => !open.some((other) => other !== one && names(one, other))) ?? open[0];
    if (!next) break;
    placed.push(next);
    open = open.filter((step) => step !== next);
  }
  return placed;
}

/** Steps of others that a step names something of. */
export const namedSteps = (step: Step, steps: readonly Step[], { references }: ReferenceGraph): Step[] => {
  const keys = new Set(step.units.flatMap(({ key }) => [...(references.get(key) ?? [])]));
  return steps.filter((other) => other !== step && other.units.some(({ key }) => keys.has(key)));
};

/** Flows of a step, by file, with the words in which each says that it is active. */
export const activeFlows = (step: Step): Unit[] =>
  step.units.filter(
    ({ type, parts }) => type === 'Flow' && parts.some((part) => textOf(part.root, 'status') === 'Active'),
  );

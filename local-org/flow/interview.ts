// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_considerations_limit_transaction.htm
// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_distribute_system_mode.htm
// Source: https://developer.salesforce.com/docs/atlas.en-us.secure_coding_guide.meta/secure_coding_guide/secure_coding_considerations_flow_design.htm

import { fullAccess } from '../access.ts';
import { OrgError } from '../errors.ts';
import type { CalloutAnswer, CalloutRequest } from './callout.ts';
import { conditionHolds } from './conditions.ts';
import type { ActionNode, FlowDefinition, FlowNode, Named } from './definition.ts';
import { FlowFault, FlowLimit, UNCOMMITTED_WORK } from './fault.ts';
import { holds, parseLogic } from './logic.ts';
import { notificationOf } from './notifications.ts';
import { createRecord, getRecords, updateRecords } from './records.ts';
import type { RecordWorld } from './records.ts';
import { makeReferences } from './references.ts';
import type { Frame, References } from './references.ts';
import { filledIn, shown } from './screen.ts';
import type { ScreenValues, ShownScreen } from './screen.ts';
import type { InterviewWorld } from './interview-world.ts';
import { isList } from './value.ts';
import type { Value } from './value.ts';

/** Where an interview waits for the world: for an answer over HTTP, or for a person. */
export type Pause =
  | { readonly kind: 'callout'; readonly request: CalloutRequest }
  | { readonly kind: 'screen'; readonly screen: ShownScreen };
/** What the world gives back: the answer of a service, or what a person filled in on a screen. */
export type Resume = CalloutAnswer | { readonly kind: 'values'; readonly values: ScreenValues };
export type Interview = Generator<Pause, ReadonlyMap<string, Value>, Resume | undefined>;

/** One transaction of the platform: what it has used up, and what it has written. */
interface Work {
  writtenBy: string | undefined;
  queries: number;
  writes: number;
}

/** Per transaction. Source: Salesforce Help, "Per-Transaction Flow Limits". */
const MAX_QUERIES = 100;
const MAX_WRITES = 150;
/** A guard against a loop without end; the platform stops such a flow by its CPU time, which is not modelled. */
const MAX_STEPS = 20_000;

/**
 * Runs a flow, element by element, until it ends. It stops at callouts and screens and goes on with what comes back.
 *
 * @throws FlowFault when an element fails and has no fault path, OrgError 501 for what is not modelled
 */
export function* interviewOf(
  world: InterviewWorld,
  flow: FlowDefinition,
  inputs: ReadonlyMap<string, Value>,
  mode: 'user' | 'system',
): Interview {
  return yield* run(
    world,
    flow,
    inputs,
    mode,
    { writtenBy: undefined, queries: 0, writes: 0 },
    { left: MAX_STEPS },
  );
}

function* run(
  world: InterviewWorld,
  flow: FlowDefinition,
  inputs: ReadonlyMap<string, Value>,
  parentMode: 'user' | 'system',
  work: Work,
  steps: { left: number },
): Interview {
  const mode = flow.mode === 'system' ? 'system' : parentMode;
  const access = mode === 'system' ? fullAccess : world.user.access;
  const frame: Frame = { variables: new Map(), results: new Map(), fault: null };
  const references = makeReferences(world, flow, frame);
  references.begin(inputs);
  const records: RecordWorld = {
    world: { ...world.writeWorld, access },
    access,
    valueOf: references.valueOf,
  };
  const loops = new Map<string, { items: readonly Value[]; next: number }>();

  let name = flow.first;
  while (name !== undefined) {
    const node = flow.nodes.get(name);
    if (!node) throw new Error(`${flow.name}: found a connector to ${name}, expected an element that exists`);
    steps.left -= 1;
    if (steps.left < 0)
      throw new Error(
        `${flow.name}: ran ${MAX_STEPS} elements, expected an end; the local simulation stops here`,
      );
    try {
      name = yield* step(node);
    } catch (error) {
      const message = faultMessage(error, node);
      if (message === undefined || error instanceof FlowLimit) throw error;
      const path = 'fault' in node ? node.fault : undefined;
      if (path === undefined) throw new FlowFault(message, { cause: error });
      frame.fault = message;
      name = path;
    }
  }
  return references.outputs();

  function* step(node: FlowNode): Generator<Pause, string | undefined, Resume | undefined> {
    switch (node.kind) {
      case 'assignments':
        for (const item of node.items)
          references.assign(item.to, item.operator, references.valueOf(item.value));
        return node.next;
      case 'decisions': {
        const rule = node.rules.find((one) =>
          holds(parseLogic(one.logic, one.conditions.length), (i) => {
            const condition = one.conditions[i];
            return condition !== undefined && conditionHolds(condition, references);
          }),
        );
        return rule ? rule.next : node.next;
      }
      case 'loops': {
        const loop = loops.get(node.name) ?? { items: listOf(references, node.collection), next: 0 };
        const item = loop.items[loop.next];
        if (item === undefined) {
          loops.delete(node.name);
          frame.results.delete(node.name);
          return node.next;
        }
        loops.set(node.name, { ...loop, next: loop.next + 1 });
        frame.results.set(node.name, item);
        return node.each;
      }
      case 'recordLookups': {
        count(work, 'queries');
        const found = getRecords(records, node);
        frame.results.set(node.name, node.first ? (found[0] ?? null) : found);
        return node.next;
      }
      case 'recordCreates':
        count(work, 'writes');
        frame.results.set(node.name, createRecord(records, node));
        work.writtenBy = node.name;
        return node.next;
      case 'recordUpdates':
        count(work, 'writes');
        updateRecords(records, node);
        work.writtenBy = node.name;
        return node.next;
      case 'subflows': {
        const below = world.flow(node.flow);
        const given = namedValues(node.inputs, references);
        const outputs = yield* run(world, below, given, mode, work, steps);
        for (const { from, to } of node.outputs) {
          if (!outputs.has(from))
            throw new Error(`${node.name}: found output ${from}, expected one of ${node.flow}`);
          references.assign(to, 'Assign', outputs.get(from) ?? null);
        }
        return node.next;
      }
      case 'actionCalls':
        yield* act(node);
        return node.next;
      case 'screens': {
        const screen = shown(node, references);
        const went = yield { kind: 'screen', screen };
        const given: ScreenValues = went?.kind === 'values' ? went.values : new Map<string, Value>();
        for (const [field, value] of filledIn(node, screen, given)) frame.results.set(field, value);
        // A screen ends the transaction: what was written before it is committed.
        Object.assign(work, { writtenBy: undefined, queries: 0, writes: 0 });
        return node.next;
      }
      default:
        return node satisfies never;
    }
  }

  function* act(node: ActionNode): Generator<Pause, void, Resume | undefined> {
    const given = namedValues(node.inputs, references);
    if (node.type === 'customNotificationAction') {
      world.notify(notificationOf(given));
      return;
    }
    if (work.writtenBy !== undefined) throw new FlowFault(UNCOMMITTED_WORK);
    const request = world.callout(node.action, given);
    const answer = yield { kind: 'callout', request };
    if (!answer || answer.kind === 'values')
      throw new Error(`${node.name}: the interview went on without an answer`);
    if (answer.kind === 'none') throw new FlowFault(answer.message);
    frame.results.set(node.name, { outputs: world.outputs(node.action, answer) });
  }
}

function count(work: Work, what: 'queries' | 'writes'): void {
  work[what] += 1;
  const [limit, words] =
    what === 'queries' ? [MAX_QUERIES, 'Too many SOQL queries'] : [MAX_WRITES, 'Too many DML statements'];
  if (work[what] > limit) throw new FlowLimit(`${words}: ${work[what]}`);
}

const namedValues = (named: readonly Named[], references: References): Map<string, Value> =>
  new Map(named.map(({ name, value }) => [name, references.valueOf(value)]));

function listOf(references: References, path: string): readonly Value[] {
  const value = references.read(path);
  if (isList(value)) return value;
  throw new Error(`found ${path}, expected a collection`);
}

/** The platform's fault message, or undefined for what no fault path may swallow: gaps and slips of the simulation. */
function faultMessage(error: unknown, node: FlowNode): string | undefined {
  if (error instanceof FlowFault) return error.message;
  if (!(error instanceof OrgError) || error.status === 501) return undefined;
  const doing: Partial<Record<FlowNode['kind'], string>> = {
    recordLookups: 'look up records',
    recordCreates: 'create records',
    recordUpdates: 'update records',
  };
  return `This error occurred when the flow tried to ${doing[node.kind] ?? 'run an element'}: ${error.code}: ${error.message}.`;
}

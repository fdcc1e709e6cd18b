// Unproven: Reading an output of an element that an interview did not pass ends it.
// See: debug runs of all flows in Flow Builder, on every path.
// If not: the value is empty, and a flow that goes wrong here would go on there.

import { notModelled } from '../errors.ts';
import { fieldOf } from '../schema/types.ts';
import type { FlowDefinition, Formula, Source } from './definition.ts';
import { FlowFault } from './fault.ts';
import { parseFlowFormula } from '../metadata/formula.ts';
import { evaluate } from './formula.ts';
import type { Meant } from './formula.ts';
import type { InterviewWorld } from './interview-world.ts';
import { recordField } from './records.ts';
import { dayIn } from './schedule.ts';
import { isList, isOutputs, isRecord, textOfValue } from './value.ts';
import type { FlowOutputs, FlowRecord, Value } from './value.ts';

/** What one flow of an interview holds at a moment. */
export interface Frame {
  readonly variables: Map<string, Value>;
  /** What elements have found or made, by their name. */
  readonly results: Map<string, Value>;
  fault: string | null;
}

export interface References {
  /** Sets the variables as the flow begins. @throws Error for an input that the flow does not have */
  readonly begin: (inputs: ReadonlyMap<string, Value>) => void;
  readonly read: (path: string) => Value;
  readonly valueOf: (source: Source) => Value;
  readonly merge: (text: string) => string;
  readonly assign: (path: string, operator: 'Assign' | 'Add', value: Value) => void;
  readonly outputs: () => Map<string, Value>;
}

/** The platform's words for a value that is not there. Source: Salesforce Help, flow error emails. */
const unset = (path: string): FlowFault =>
  new FlowFault(`The flow failed to access the value for ${path} because it hasn't been set or assigned.`);

/** Reads and writes what a flow refers to by name. */
export function makeReferences(world: InterviewWorld, flow: FlowDefinition, frame: Frame): References {
  /** Input fields of screens are resources too, by names of their own. */
  const fields = new Set(
    [...flow.nodes.values()].flatMap((node) =>
      node.kind === 'screens'
        ? node.components.flatMap(({ kind, name }) => (kind === 'InputField' ? [name] : []))
        : [],
    ),
  );
  const now = (): number => world.writeWorld.clock();
  const today = (): string => dayIn(world.user.timeZone, now());

  function global(path: string): Meant {
    const [scope, name = '', ...rest] = path.split('.');
    if (scope === '$Permission') return { value: world.user.permissions.has(name) };
    if (scope === '$Record' && world.record) {
      const { object, id } = world.record;
      const field = rest.length === 0 ? fieldOf(object, name) : undefined;
      const value = recordField(world.writeWorld, object, id, [name, ...rest]);
      return { value, picklist: field?.type === 'picklist' };
    }
    switch (path) {
      case '$Flow.CurrentDateTime':
        return { value: { at: now() } };
      case '$Flow.CurrentDate':
        return { value: { date: today() } };
      case '$Flow.InterviewGuid':
        return { value: world.guid };
      case '$Flow.FaultMessage':
        return { value: frame.fault };
      default:
        throw notModelled(`${path} in a flow`);
    }
  }

  function meaning(path: string): Meant {
    if (path.startsWith('$')) return global(path);
    const [name = '', field, ...more] = path.split('.');
    const resource = flow.resources.get(name);
    if (resource?.kind === 'formula') return { value: computed(resource) };
    if (resource) return { value: frame.variables.get(name) ?? null };
    if (!flow.nodes.has(name) && !fields.has(name))
      throw new Error(`${flow.name}: found ${path}, expected something that exists`);
    if (!frame.results.has(name)) throw unset(name);
    const value = frame.results.get(name) ?? null;
    if (field === undefined) return { value };
    if (value === null) throw unset(path);
    if (isOutputs(value) && more.length === 0) return { value: outputIn(value, field, path) };
    if (!isRecord(value) || more.length > 0) throw notModelled(`${path} in a flow`);
    return fieldIn(value, field, path);
  }

  function outputIn({ outputs }: FlowOutputs, name: string, path: string): Value {
    if (!outputs.has(name))
      throw new Error(
        `${flow.name}: found ${path}, expected an output of the action: ${[...outputs.keys()].join(', ')}`,
      );
    const value = outputs.get(name);
    if (value === undefined) throw notModelled(`${path}, the parsed body of an external service,`);
    return value;
  }

  function fieldIn(record: FlowRecord, name: string, path: string): Meant {
    const value = record.fields.get(name.toLowerCase());
    if (value === undefined)
      throw new Error(`${flow.name}: found ${path}, but ${name} is not among the fields that were asked for`);
    return { value, picklist: fieldOf(record.object, name)?.type === 'picklist' };
  }

  function computed({ expression, type, scale }: Formula): Value {
    const value = evaluate(parseFlowFormula(expression), { meaning, now: now(), today: today() });
    if (typeof value === 'number' && type === 'Number' && scale !== undefined)
      return Number((Math.sign(value) * Math.round(Math.abs(value) * 10 ** scale)) / 10 ** scale);
    return value;
  }

  const read = (path: string): Value => meaning(path).value;
  const merge = (text: string): string =>
    text.replace(/\{!([\w.$]+)\}/g, (_, path: string) => textOfValue(read(path)));
  const valueOf = (source: Source): Value => {
    if (source.kind === 'literal') return source.value;
    return source.kind === 'reference' ? read(source.path) : merge(source.text);
  };

  return {
    begin: (inputs) => {
      for (const [name, resource] of flow.resources)
        if (resource.kind === 'variable')
          frame.variables.set(name, resource.start ? valueOf(resource.start) : resource.list ? [] : null);
      for (const [name, value] of inputs) {
        const resource = flow.resources.get(name);
        if (resource?.kind !== 'variable' || !resource.input)
          throw new Error(`${flow.name}: found input ${name}, expected an input variable of the flow`);
        frame.variables.set(name, value);
      }
    },
    read,
    valueOf,
    merge,
    assign: (path, operator, value) => {
      const variable = flow.resources.get(path);
      if (variable?.kind !== 'variable')
        throw new Error(`${flow.name}: found an assignment to ${path}, expected a variable`);
      if (operator === 'Assign') frame.variables.set(path, value);
      else if (variable.list) {
        const held = frame.variables.get(path) ?? [];
        frame.variables.set(path, [...(isList(held) ? held : []), value]);
      } else throw notModelled(`operator Add on ${path}, which is no collection`);
    },
    outputs: () =>
      new Map(
        [...flow.resources].flatMap(([name, resource]) =>
          resource.kind === 'variable' && resource.output
            ? [[name, frame.variables.get(name) ?? null] as const]
            : [],
        ),
      ),
  };
}

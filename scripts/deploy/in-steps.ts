import type { ReferenceGraph, Unit } from '../metadata/reference-graph.ts';
import type { Options } from './options.ts';
import { failuresOf, inOneLine, send } from './send.ts';
import type { Message, Sources } from './send.ts';
import { must, query, SfError } from './sf.ts';
import type { Sf } from './sf.ts';
import { activeFlows, namedSteps } from './steps.ts';
import type { Step } from './steps.ts';

interface World {
  sf: Sf;
  print: (line: string) => void;
}
/** The way of a deploy: its steps, what they name of each other, and where their sources lie. */
export interface Way {
  steps: readonly Step[];
  graph: ReferenceGraph;
  sources: Sources;
}

const MOST = 50;
const title = (step: Step, { steps }: Way): string =>
  `Step ${steps.indexOf(step) + 1} of ${steps.length} (${step.name})`;

/** Objects that steps need and the org does not show: switched off, or hidden from the deploying user. */
export async function lackingObjects(
  { sf }: World,
  { targetOrg }: Options,
  steps: readonly Step[],
): Promise<Set<string>> {
  const lacking = new Set<string>();
  for (const object of new Set(steps.flatMap(({ needs }) => needs)))
    try {
      await query(sf, targetOrg, `SELECT Id FROM ${object} LIMIT 1`);
    } catch (error) {
      if (!(error instanceof SfError) || error.code !== 'INVALID_TYPE') throw error;
      lacking.add(object);
    }
  return lacking;
}

/** The steps that everything else rests on, one after the other. @throws Error that names the step that was refused */
export async function sendRequired(world: World, options: Options, way: Way): Promise<void> {
  for (const step of way.steps.filter(({ optional }) => optional === undefined))
    try {
      await send(world, options, { name: title(step, way), sources: way.sources.of(step) });
    } catch (error) {
      if (!(error instanceof SfError)) throw error;
      for (const failure of failuresOf(error).slice(0, MOST)) world.print(`  failed: ${inOneLine(failure)}`);
      const flows = options.flows === 'active' && activeFlows(step).length > 0;
      throw new Error(
        `${error.message}. ${title(step, way)} was refused and nothing of it is in the org; the steps before it are in. Mend it and run the same command again: it goes on from there.${flows ? ' Where the org wants Apex tests for active flows ("Deploy processes and flows as active"), add --flows draft.' : ''}`,
        { cause: error },
      );
    }
}

/** What was left out, with what to do. */
export interface LeftOut {
  step: Step;
  told: string;
}

const why = (step: Step, reason: string): string =>
  `Without ${step.optional?.without ?? step.name} (${reason}): ${step.optional?.advice ?? 'run again'}.`;

/** Which of the optional steps cannot be had in this org, before any is tried. */
const missing = (step: Step, lacking: ReadonlySet<string>): string | undefined => {
  const object = step.needs.find((one) => lacking.has(one));
  return object === undefined ? undefined : `the org has no ${object}`;
};

/** The steps that may fail alone. @returns those that are not in the org, for whoever reads the end of the output */
export async function sendOptional(
  world: World,
  options: Options,
  way: Way,
  lacking: ReadonlySet<string>,
): Promise<LeftOut[]> {
  const left: LeftOut[] = [];
  const leave = (step: Step, reason: string): void => {
    world.print(`${title(step, way)}: left out, ${reason}`);
    left.push({ step, told: why(step, reason) });
  };
  for (const step of way.steps.filter(({ optional }) => optional !== undefined)) {
    const absent = missing(step, lacking);
    const rests = namedSteps(step, way.steps, way.graph).find((one) =>
      left.some((other) => other.step === one),
    );
    if (absent !== undefined) leave(step, absent);
    else if (rests) leave(step, `it needs ${rests.optional?.without ?? rests.name}`);
    else
      try {
        await send(world, options, { name: title(step, way), sources: way.sources.of(step) });
      } catch (error) {
        if (!(error instanceof SfError)) throw error;
        for (const failure of failuresOf(error).slice(0, MOST))
          world.print(`  failed: ${inOneLine(failure)}`);
        leave(step, `the org refused it: ${error.code}`);
      }
  }
  return left;
}

/** The step that a message of the org is about; undefined where it names none of ours. */
function stepOf({ componentType = '', fullName = '' }: Message, steps: readonly Step[]): Step | undefined {
  const own = (test: (unit: Unit) => boolean): Step | undefined =>
    steps.find(({ units }) => units.some(test));
  return (
    own(({ key }) => key === `${componentType} ${fullName}`) ??
    own(({ type, name }) => type === 'CustomObject' && fullName.startsWith(`${name}.`)) ??
    own(({ type, name }) => name === fullName && type.startsWith(componentType))
  );
}

/** Keys of parts that the org has already, of those that something must wait for. */
async function inOrg({ sf }: World, { targetOrg }: Options, waited: readonly Unit[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const type of new Set(waited.map((unit) => unit.type))) {
    const listed = await must(sf, [
      'org',
      'list',
      'metadata',
      '--metadata-type',
      type,
      '--target-org',
      targetOrg,
    ]);
    for (const one of Array.isArray(listed) ? (listed as { fullName?: string }[]) : [])
      found.add(`${type} ${one.fullName ?? ''}`);
  }
  return found;
}

/**
 * Lets the org check, in one transaction that changes nothing, every step that it can check with what it has: a step waits
 * for parts of another only as long as the org has no version of them. Says which steps it could not check, and why.
 *
 * @param more sources that go with them, such as the model
 * @throws SfError when the org refuses a part that the rest needs; what may fail alone is only told
 */
export async function checkSteps(
  world: World,
  options: Options,
  way: Way,
  { lacking, more }: { lacking: ReadonlySet<string>; more: readonly string[] },
): Promise<void> {
  const { steps, graph, sources } = way;
  const there = await inOrg(
    world,
    options,
    steps.flatMap(({ after }) => after),
  );
  const checked: Step[] = [];
  const unchecked = new Set<Step>();
  for (const step of steps) {
    const absent = missing(step, lacking);
    const waits = step.after.find(({ key }) => !there.has(key));
    const rests = namedSteps(step, steps, graph).find((one) => unchecked.has(one));
    const reason =
      absent ??
      (waits
        ? `it calls ${waits.key}, which the org does not have yet: cannot be checked before step ${steps.findIndex(({ units }) => units.includes(waits)) + 1} is in`
        : rests && `it needs step ${steps.indexOf(rests) + 1}, which is not checked either`);
    if (reason === undefined) checked.push(step);
    else {
      unchecked.add(step);
      world.print(`${title(step, way)}: not checked, ${reason}`);
    }
  }
  const numbers = checked.map((step) => steps.indexOf(step) + 1).join(', ');
  try {
    await send(world, options, {
      name: `Steps ${numbers} of ${steps.length}${more.length > 0 ? ` and ${more.join(', ')}` : ''}`,
      sources: [...checked.flatMap((step) => sources.of(step)), ...more],
    });
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    const failures = failuresOf(error).map((failure) => ({ failure, step: stepOf(failure, checked) }));
    for (const { failure } of failures.slice(0, MOST)) world.print(`  failed: ${inOneLine(failure)}`);
    if (failures.length === 0 || failures.some(({ step }) => step?.optional === undefined)) throw error;
    for (const step of new Set(failures.flatMap((one) => one.step ?? [])))
      world.print(`${title(step, way)}: would fail alone. ${why(step, 'the org refuses it')}`);
    world.print('Everything else was checked and not refused');
  }
}

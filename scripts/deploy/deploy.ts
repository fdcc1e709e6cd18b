import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFile } from 'local-org/metadata';
import type { Project } from '../metadata/project.ts';
import { validate } from '../metadata/validate.ts';
import { referenceGraph } from '../metadata/reference-graph.ts';
import { handSteps } from './hand-steps.ts';
import { checkSteps, lackingObjects, sendOptional, sendRequired } from './in-steps.ts';
import type { LeftOut, Way } from './in-steps.ts';
import { decide, describe } from './model-decision.ts';
import type { Decision } from './model-decision.ts';
import type { Options } from './options.ts';
import { modelTypes, orgRecords, recordQuery, shippedRecords } from './records.ts';
import type { ModelRecord, ModelType } from './records.ts';
import { must, query, SfError } from './sf.ts';
import { MINUTES, send, sourcesFor } from './send.ts';
import type { Sf } from './sf.ts';
import { activeFlows, planSteps } from './steps.ts';

export interface World {
  sf: Sf;
  project: Project;
  /** The project folder: backups go below it. */
  root: string;
  now: () => Date;
  print: (line: string) => void;
}

const DEFAULTS = 'force-app-defaults';

/** The org's records, or undefined where the types do not exist or may not be read. */
async function readModel(world: World, options: Options): Promise<ModelRecord[] | undefined> {
  const unreadable = ['INVALID_TYPE', 'INVALID_FIELD'];
  const read = async (type: ModelType): Promise<ModelRecord[] | undefined> => {
    try {
      return orgRecords(type, await query(world.sf, options.targetOrg, recordQuery(type)));
    } catch (error) {
      if (error instanceof SfError && unreadable.includes(error.code)) return undefined;
      throw error;
    }
  };
  // Side by side: each is a start of the CLI, which takes longer than the query.
  const found = await Promise.all(modelTypes(world.project).map(read));
  return found.includes(undefined) ? undefined : found.flatMap((records) => records ?? []);
}

/** Saves what a reset overwrites, as files that deploy. @returns the folder */
function backUp(world: World, options: Options, records: readonly ModelRecord[]): string {
  const stamp = world.now().toISOString().replaceAll(':', '').slice(0, 17);
  // No leading dot: the CLI skips hidden folders, and what is saved here must deploy.
  const above = join(world.root, 'model-backups');
  const folder = join(above, `${options.targetOrg.replaceAll(/[^\w.@-]/g, '_')}-${stamp}`);
  mkdirSync(join(folder, 'customMetadata'), { recursive: true });
  writeFileSync(join(above, '.gitignore'), '*\n');
  for (const record of records)
    writeFileSync(
      join(folder, 'customMetadata', `${record.name}.md-meta.xml`),
      recordFile(record.label, record.values),
    );
  return folder;
}

async function applyModel(world: World, options: Options, org: readonly ModelRecord[]): Promise<Decision> {
  const decision = decide(shippedRecords(world.project), org, options);
  const { print } = world;
  switch (decision.action) {
    case 'install':
      print(`Model: none in the org yet, ${options.dryRun ? 'would install' : 'installing'} the shipped one`);
      if (!options.dryRun) await send(world, options, { name: 'Model', sources: [DEFAULTS] });
      return decision;
    case 'none':
      print('Model: the org has the shipped one, nothing to do');
      return decision;
    case 'keep':
      print(
        `Model: kept as it is in the org; ${decision.differences.length} differences to the shipped one:`,
      );
      for (const difference of decision.differences) print(`  ${describe(difference)}`);
      if (!options.resetModel)
        print('  --reset-model would overwrite what differs or is missing; records only in the org stay.');
      return decision;
    case 'reset':
      for (const difference of decision.differences) print(`  ${describe(difference)}`);
      if (options.dryRun) {
        print(`Model: would reset ${decision.differences.length} differences`);
        return decision;
      }
      print(`Model: what stood in the org is saved in ${backUp(world, options, org)}`);
      await send(world, options, { name: 'Model', sources: [DEFAULTS] });
      print(
        'Model: reset to the shipped one. To put the old one back: sf project deploy start --source-dir that folder',
      );
      return decision;
    default:
      return decision satisfies never;
  }
}

async function createScratch(
  world: World,
  options: Options,
  scratch: { devHub: string | undefined; days: number },
): Promise<void> {
  await must(world.sf, [
    ...['org', 'create', 'scratch', '--alias', options.targetOrg],
    ...['--definition-file', 'config/project-scratch-def.json', '--duration-days', String(scratch.days)],
    ...['--wait', MINUTES],
    ...(scratch.devHub === undefined ? [] : ['--target-dev-hub', scratch.devHub]),
  ]);
  world.print(`Scratch org ${options.targetOrg} created, ${scratch.days} days`);
}

async function assign(world: World, options: Options, left: readonly LeftOut[]): Promise<Set<string>> {
  const assigned = new Set<string>();
  const absent = new Set(left.flatMap(({ step }) => step.units.map(({ name }) => name)));
  for (const { permissionSet, users } of options.assignments) {
    if (absent.has(permissionSet)) {
      world.print(`${permissionSet} not assigned: it is not in the org`);
      continue;
    }
    const behalf = users.flatMap((user) => ['--on-behalf-of', user]);
    const command = ['org', 'assign', 'permset', '--target-org', options.targetOrg, '--name', permissionSet];
    await must(world.sf, [...command, ...behalf]);
    assigned.add(permissionSet);
    world.print(`${permissionSet} assigned to ${users.length > 0 ? users.join(', ') : 'the deploying user'}`);
  }
  return assigned;
}

/**
 * Brings an org to what the project ships: the app always, the model's records only where there are none yet or a reset
 * is asked for, permission sets where asked. Prints what it does and what is left for a person.
 *
 * In steps, each a transaction of the org: a part goes in after what it names, so that one that an org refuses costs its
 * step and not everything; what may be refused for reasons of the org comes last and may fail alone.
 *
 * The app goes first: only then do the custom metadata types surely exist, so that a type which cannot be read means
 * missing access and never "first install" — which would overwrite an edited model unseen.
 *
 * @throws SfError when the CLI or the org refuses; Error when the offline gate has findings or the model is unreadable.
 */
export async function deploy(world: World, options: Options): Promise<Decision> {
  const findings = validate(world.project);
  if (findings.length > 0)
    throw new Error(
      `the metadata has ${findings.length} mistakes, the first: ${findings[0]?.file ?? ''}: ${findings[0]?.message ?? ''}. Run npm run validate:metadata.`,
    );
  if (options.scratch) await createScratch(world, options, options.scratch);
  const [org] = await query(
    world.sf,
    options.targetOrg,
    'SELECT Name, OrganizationType, IsSandbox FROM Organization',
  );
  world.print(
    `Org: ${String(org?.['Name'])}, ${String(org?.['OrganizationType'])}${org?.['IsSandbox'] === true ? ' (sandbox or scratch)' : ''}`,
  );
  const graph = referenceGraph(world.project);
  const way: Way = { graph, steps: planSteps(graph), sources: sourcesFor(world.project, options.flows) };
  try {
    return await (options.dryRun ? check(world, options, way) : bring(world, options, way));
  } finally {
    way.sources.close();
  }
}

/** Lets the org check what it can; nothing changes. */
async function check(world: World, options: Options, way: Way): Promise<Decision> {
  const before = await readModel(world, options);
  if (!before)
    world.print('Model: its types are not in the org yet, or the deploying user may not read them');
  const { action } = decide(shippedRecords(world.project), before ?? [], options);
  const lacking = await lackingObjects(world, options, way.steps);
  const more = action === 'install' || action === 'reset' ? [DEFAULTS] : [];
  await checkSteps(world, options, way, { lacking, more });
  const decision = await applyModel(world, options, before ?? []);
  world.print('Nothing was changed (--dry-run)');
  return decision;
}

/** Sends step after step, then the model where there is none, then what may fail alone. */
async function bring(world: World, options: Options, way: Way): Promise<Decision> {
  await sendRequired(world, options, way);
  const model = await readModel(world, options);
  if (!model)
    throw new Error(
      'found custom metadata that the deploying user may not read, expected to compare it with the shipped model: give the user Customize Application, or Health_Admin. The app is deployed; the model was not touched.',
    );
  const decision = await applyModel(world, options, model);
  const left = await sendOptional(world, options, way, await lackingObjects(world, options, way.steps));
  const assigned = await assign(world, options, left);
  const drafts = options.flows === 'draft' ? way.steps.flatMap((step) => activeFlows(step)) : [];
  const steps = [
    ...left.map(({ told }) => told),
    ...handSteps(world.project, {
      assigned: new Set([...assigned, ...left.flatMap(({ step }) => step.units.map(({ name }) => name))]),
      firstInstall: decision.action === 'install',
      drafts: drafts.map(({ name }) => name),
    }),
  ];
  if (steps.length > 0) world.print('Left for a person:');
  steps.forEach((step, i) => world.print(`  ${i + 1}. ${step}`));
  return decision;
}

// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
// Unproven: One deploy takes all components of a step in any order, as the Metadata API sorts them.
// See: a deploy into an empty org.
// If not: the message names what is missing: deploy that first.

import type { Schema } from '../schema/types.ts';
import { syncPermissionSets } from '../users.ts';
import { formulaProblems, loadRules } from '../write/rules.ts';
import type { WriteWorld } from '../write/world.ts';
import { trySchema } from '../schema/build-schema.ts';
import type { Problem } from '../schema/build-schema.ts';
import { childrenOf, componentOf } from '../metadata/source.ts';
import type { Component } from '../metadata/source.ts';
import { loadCustomMetadata } from './custom-metadata.ts';
import { treatmentOf } from './kinds.ts';
import { tryPermissionSets } from '../schema/permission-sets.ts';
import type { PermissionSets } from '../schema/permission-sets.ts';
import { typeProblems } from '../metadata/type-table.ts';
import { textOf } from '../metadata/xml.ts';

export interface DeployMessage {
  type: string;
  name: string;
  file: string;
  created: boolean;
  /** Absent when the component was taken in and is executed. */
  problem?: { kind: 'Error' | 'Warning'; text: string };
}

export interface DeployResult {
  success: boolean;
  messages: DeployMessage[];
}

export interface MetadataState {
  /** Makes the metadata that the org opens with effective. @throws Error that lists what cannot be. */
  start: () => void;
  deploy: (files: Map<string, Buffer>, options: { checkOnly: boolean }) => DeployResult;
  /** Every component that the org holds. */
  components: () => readonly Component[];
  /** What is stored but does nothing here. */
  notExecuted: () => string[];
}

interface Parts {
  world: WriteWorld;
  permissionSets: PermissionSets;
  skippedRules: Set<string>;
  components: Component[];
  /** Takes in flows and credentials. @returns what cannot run here */
  loadFlows: (components: readonly Component[]) => Problem[];
}

/** Thrown to undo a deploy that is refused, or was only a check. */
class Undone extends Error {}

const keyOf = ({ type, name }: Component): string => `${type} ${name.toLowerCase()}`;

/** The metadata of an org and how it changes: each deploy is taken in as a whole, or refused as a whole. */
export function makeMetadataState(parts: Parts): MetadataState {
  const { world, permissionSets, skippedRules, components, loadFlows } = parts;
  const { schema, store } = world;
  let held = components;
  let rulesLeftOut: string[] = [];

  /** Exchanges what the org runs on; records stay. */
  function become(next: Component[], built: Schema, sets: PermissionSets): Problem[] {
    keepPrefixes(schema, built);
    schema.objects = built.objects;
    schema.kept = built.kept;
    for (const object of built.objects.values()) store.prepareTable(object);
    permissionSets.clear();
    for (const [name, grants] of sets) permissionSets.set(name, grants);
    return settle(next);
  }

  /** Rules, formulas and permission sets of the metadata that now holds. */
  function settle(next: Component[]): Problem[] {
    const problems = formulaProblems(world).flatMap(({ object, field, message }) => {
      const component = next.find((one_) => one_.name.toLowerCase() === `${object}.${field}`.toLowerCase());
      return component ? [{ component, message }] : [];
    });
    const broken = loadRules(world);
    skippedRules.clear();
    for (const rule of broken) skippedRules.add(`${rule.object}.${rule.rule}`);
    rulesLeftOut = broken.map((rule) => `ValidationRule ${rule.object}.${rule.rule}: ${rule.why}`);
    const sets = next.filter((component) => component.type === 'PermissionSet');
    syncPermissionSets(world, new Map(sets.map((set) => [set.name, textOf(set.root, 'label') ?? set.name])));
    return [...problems, ...loadFlows(next)];
  }

  return {
    start: () => {
      const problems = settle(held);
      if (problems.length > 0) {
        const lines = problems.map(({ component, message }) => `${component.file}: ${message}`);
        throw new Error(`Metadata cannot be loaded:\n${lines.join('\n')}`);
      }
      loadCustomMetadata(world, held);
    },
    deploy: (files, { checkOnly }) => {
      const read = readDeploy(files);
      const before = {
        objects: schema.objects,
        kept: schema.kept,
        sets: new Map(permissionSets),
        skipped: [...skippedRules],
        rulesLeftOut,
      };
      const known = new Set(held.map(keyOf));
      let { problems } = read;
      try {
        store.transaction(() => {
          const fresh = new Set(read.components.map(keyOf));
          const next = [...held.filter((component) => !fresh.has(keyOf(component))), ...read.components];
          const { schema: built, problems: inSchema } = trySchema(next);
          const { sets, problems: inSets } = tryPermissionSets(next, built);
          problems = [...problems, ...inSchema, ...inSets];
          if (problems.length > 0) throw new Undone();
          problems = [...become(next, built, sets), ...customMetadata(world, read.components)];
          if (problems.length > 0 || checkOnly) throw new Undone();
          held = next;
        });
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        Object.assign(schema, { objects: before.objects, kept: before.kept });
        permissionSets.clear();
        for (const [name, grants] of before.sets) permissionSets.set(name, grants);
        skippedRules.clear();
        for (const rule of before.skipped) skippedRules.add(rule);
        ({ rulesLeftOut } = before);
        loadFlows(held);
      }
      return { success: problems.length === 0, messages: messagesOf(read.components, problems, known) };
    },
    components: () => held,
    notExecuted: () => [
      ...schema.kept.map((part) => `${part.type} ${part.name}: ${part.why}`),
      ...rulesLeftOut,
    ],
  };
}

/** Objects keep the id prefix they have; a new one gets the next that is free. */
function keepPrefixes(old: Schema, built: Schema): void {
  const taken = new Set([...old.objects.values()].map((object) => object.keyPrefix));
  for (const [name, object] of built.objects) {
    const known = old.objects.get(name);
    // A standard object keeps the sharing and the picklist values that the org has set for it.
    if (known && !object.custom) {
      object.sharing = known.sharing;
      for (const [key, { custom, values }] of known.fields) {
        const field = object.fields.get(key);
        if (field && values && !custom) field.values = values;
      }
    }
    if (known) object.keyPrefix = known.keyPrefix;
    else if (object.custom && object.keyPrefix !== '017') {
      const letter = object.keyPrefix.charAt(0);
      for (let n = 0; taken.has(object.keyPrefix); n++)
        object.keyPrefix = `${letter}${n.toString(36).padStart(2, '0')}`;
      taken.add(object.keyPrefix);
    }
  }
}

function customMetadata(world: WriteWorld, components: Component[]): Problem[] {
  try {
    loadCustomMetadata(world, components);
    return [];
  } catch (error) {
    const [component] = components.filter((one_) => one_.type === 'CustomMetadata');
    const message = error instanceof Error ? error.message : String(error);
    return component ? [{ component, message }] : [];
  }
}

/** The components of a deploy zip; sf puts them under unpackaged/, other clients under a folder of their choice. */
function readDeploy(files: Map<string, Buffer>): { components: Component[]; problems: Problem[] } {
  const manifest = [...files.keys()].find((path) => /(^|\/)package\.xml$/.test(path));
  const problems: Problem[] = [];
  const failure = (file: string, type: string, message: string): void => {
    const root = { name: type, attributes: {}, children: [], text: '' };
    problems.push({ component: { type, name: file, object: undefined, file, root }, message });
  };
  if (manifest === undefined) failure('package.xml', '', 'No package.xml found');
  const root = (manifest ?? '').replace(/package\.xml$/, '');
  const components: Component[] = [];
  for (const [path, bytes] of files) {
    const file = path.slice(root.length);
    if (!path.startsWith(root) || file === 'package.xml') continue;
    if (/^destructiveChanges/.test(file))
      failure(file, '', 'destructive changes are refused by the local org');
    // Files of a component beside its metadata, such as JavaScript, are stored with it and not looked into.
    else if (isMetadata(file)) {
      try {
        const component = componentOf({ path: file, text: bytes.toString('utf8') });
        components.push(component, ...childrenOf(component));
        if (treatmentOf(component.type) !== 'refused')
          problems.push(...typeProblems(component.root).map((message) => ({ component, message })));
      } catch (error) {
        failure(file, '', error instanceof Error ? error.message : String(error));
      }
    }
  }
  if (components.length === 0 && problems.length === 0)
    failure('package.xml', '', 'found no metadata in the archive, expected some');
  return { components, problems };
}

const isMetadata = (file: string): boolean =>
  !/^(lwc|aura|staticresources|classes|triggers)\//.test(file) || file.endsWith('-meta.xml');

function messagesOf(components: Component[], problems: Problem[], known: Set<string>): DeployMessage[] {
  const failed = new Map<string, string[]>();
  const strangers: Problem[] = [];
  const present = new Set(components.map(keyOf));
  for (const problem of problems) {
    const key = keyOf(problem.component);
    if (present.has(key)) failed.set(key, [...(failed.get(key) ?? []), problem.message]);
    else strangers.push(problem);
  }
  const message = (component: Component, text: string | undefined): DeployMessage => ({
    type: component.type,
    name: component.name,
    file: component.file,
    created: !known.has(keyOf(component)),
    ...(text === undefined ? {} : { problem: { kind: 'Error', text } }),
  });
  // The file of a standard object only carries its custom children; the object itself is not deployed.
  const deployed = components.filter(({ type, name }) => type !== 'CustomObject' || name.includes('__'));
  return [
    ...deployed.map((component): DeployMessage => {
      const errors = failed.get(keyOf(component));
      if (errors) return message(component, errors.join('; '));
      if (treatmentOf(component.type) !== 'kept') return message(component, undefined);
      const text = 'stored, but not executed by the local org';
      return { ...message(component, undefined), problem: { kind: 'Warning', text } };
    }),
    ...strangers.map((problem) => message(problem.component, problem.message)),
  ];
}

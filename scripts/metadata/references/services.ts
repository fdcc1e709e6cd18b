import { all, textOf } from 'local-org/metadata';
import type { Component } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

interface Operation {
  operationId?: string;
  parameters?: { name: string; required?: boolean }[];
  responses?: Record<string, unknown>;
}

/** Operations of an OpenAPI text by id, or what is wrong with the text. */
export function operationsOf(schema: string): Map<string, Operation> | string {
  let parsed: { paths?: Record<string, Record<string, Operation>> };
  try {
    parsed = JSON.parse(schema) as typeof parsed;
  } catch (error) {
    return `the schema is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof parsed.paths !== 'object') return 'the schema has no paths';
  const found = new Map<string, Operation>();
  for (const item of Object.values(parsed.paths))
    for (const [method, operation] of Object.entries(item))
      if (METHODS.includes(method) && operation.operationId !== undefined)
        found.set(operation.operationId, operation);
  return found;
}

/** Named credentials, external credentials, external services and what they say of each other. */
export function checkServices(project: Project): Finding[] {
  const findings: Finding[] = [];
  const report = (part: Component, message: string): void => {
    findings.push({ file: part.file, rule: 'services', message });
  };
  const has = (type: string, name: string): boolean =>
    ofType(project, type).some((part) => part.name === name);
  for (const part of ofType(project, 'NamedCredential'))
    for (const parameter of all(part.root, 'namedCredentialParameters')) {
      const credential = textOf(parameter, 'externalCredential');
      if (credential !== undefined && !has('ExternalCredential', credential))
        report(part, `found external credential ${credential}, expected one that exists`);
    }
  for (const part of ofType(project, 'ExternalServiceRegistration')) {
    const [credential, reference] = ['namedCredential', 'namedCredentialReference'].map((name) =>
      textOf(part.root, name),
    );
    for (const name of new Set([credential, reference]))
      if (name !== undefined && !has('NamedCredential', name))
        report(part, `found named credential ${name}, expected one that exists`);
    // What orgs give back of a SecuredEndpoint credential (forcedotcom/sf-skills, external service template, writes both);
    // namedCredential alone was confirmed for credentials of the old kind only.
    if (credential !== undefined && credential !== reference)
      report(
        part,
        `found namedCredentialReference ${reference ?? '(none)'} beside namedCredential ${credential}, expected the same`,
      );
    const operations = operationsOf(textOf(part.root, 'schema') ?? '');
    if (typeof operations === 'string') {
      report(part, operations);
      continue;
    }
    for (const entry of all(part.root, 'operations')) {
      const name = textOf(entry, 'name') ?? '';
      if (!operations.has(name))
        report(
          part,
          `found operation ${name}, expected one of the schema: ${[...operations.keys()].join(', ')}`,
        );
    }
  }
  return findings;
}

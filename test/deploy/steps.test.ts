import { describe, expect, it } from 'vitest';
import { planSteps } from '../../scripts/deploy/steps.ts';
import { projectOf, readProject } from '../../scripts/metadata/project.ts';
import { referenceGraph } from '../../scripts/metadata/reference-graph.ts';

const shipped = readProject(['force-app', 'force-app-defaults']);
const graph = referenceGraph(shipped);
const steps = planSteps(graph);
const at = (key: string): number => steps.findIndex(({ units }) => units.some((unit) => unit.key === key));

describe('the steps of a deploy', () => {
  it('send each part with or after everything that it names', () => {
    const pairs = [...graph.references]
      .filter(([key]) => !key.startsWith('CustomMetadata '))
      .flatMap(([key, named]) => [...named].map((other) => [key, other] as const));
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.filter(([key, other]) => at(key) < at(other))).toEqual([]);
  });

  it.each([
    ['Flow Health_Refresh_Start', 'ExternalServiceRegistration NodeScorer'],
    ['Flow Refresh_Health', 'ExternalServiceRegistration NodeScorer'],
    ['QuickAction Account.Refresh_Health', 'ExternalServiceRegistration NodeScorer'],
    ['PermissionSet Health_Refresh_Callout', 'ExternalServiceRegistration NodeScorer'],
    ['Layout Account-Customer Health Account Layout', 'ExternalServiceRegistration NodeScorer'],
    ['Dashboard Customer_Health/Customer_Health', 'Report Customer_Health/Movers'],
  ])('send %s later than %s', (key, other) => {
    expect(at(other)).toBeGreaterThanOrEqual(0);
    expect(at(key)).toBeGreaterThan(at(other));
  });

  it('let a flow wait for the service that another of its flows calls, and what opens it with it', () => {
    const at2 = (name: string): number =>
      planSteps(
        referenceGraph(
          projectOf(
            new Map([
              ['a/flows/Outer.flow-meta.xml', '<Flow><subflows><flowName>Inner</flowName></subflows></Flow>'],
              [
                'a/flows/Inner.flow-meta.xml',
                '<Flow><actionCalls><actionName>S.run</actionName><actionType>externalService</actionType></actionCalls></Flow>',
              ],
              [
                'a/externalServiceRegistrations/S.externalServiceRegistration-meta.xml',
                '<ExternalServiceRegistration/>',
              ],
              [
                'a/permissionsets/P.permissionset-meta.xml',
                '<PermissionSet><flowAccesses><flow>Outer</flow></flowAccesses></PermissionSet>',
              ],
            ]),
          ),
        ),
      ).findIndex(({ units }) => units.some((unit) => unit.name === name));
    expect(['S', 'Inner', 'Outer', 'P'].map(at2)).toEqual([0, 1, 1, 1]);
  });
});

describe('components', () => {
  it('ask for no field of a refresh that only admins may read', () => {
    const sources = [...shipped.files].filter(([file]) => /\/lwc\/.+\.js$/.test(file));
    expect(sources.length).toBeGreaterThan(20);
    expect(
      sources.filter(([, text]) => /Tier_Moves__c|\bErrors__c/.test(text)).map(([file]) => file),
    ).toEqual([]);
  });
});

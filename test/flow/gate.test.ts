import { describe, expect, it } from 'vitest';
import { all, textOf } from 'local-org/metadata';
import { ofType, projectOf, readProject } from '../../scripts/metadata/project.ts';
import { validate } from '../../scripts/metadata/validate.ts';

const FLOWS = 'force-app/main/default/flows/';
const shipped = readProject(['force-app', 'force-app-defaults']);

/** What the gate finds once one text of what we ship is another one. */
function findings(file: string, from: RegExp | string, to: string): string[] {
  const before = shipped.files.get(file) ?? '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to change in ${file}: ${String(from)}`);
  return validate(projectOf(new Map(shipped.files).set(file, after))).map(
    (finding) => `${finding.rule}: ${finding.message}`,
  );
}

describe('every flow that we ship', () => {
  const flows = ofType(shipped, 'Flow');
  const elements = flows.flatMap((flow) =>
    flow.root.children
      .filter((element) => textOf(element, 'name') !== undefined || element.name === 'start')
      .filter((element) => element.name !== 'processMetadataValues')
      .map((element) => ({ element, name: `${flow.name}.${textOf(element, 'name') ?? element.name}` })),
  );

  it('says of itself and of each element what it is for', () => {
    expect(flows.map((flow) => flow.name)).toHaveLength(6);
    expect(elements.length).toBeGreaterThan(100);
    expect(flows.filter((flow) => (textOf(flow.root, 'description') ?? '') === '')).toEqual([]);
    expect(
      elements.filter(({ element }) => (textOf(element, 'description') ?? '') === '').map(({ name }) => name),
    ).toEqual([]);
  });

  it('has a fault path on each query, write and action', () => {
    const risky = elements.filter(({ element }) => /^(record\w+|actionCalls)$/.test(element.name));
    expect(risky.length).toBeGreaterThan(15);
    expect(
      risky.filter(({ element }) => all(element, 'faultConnector').length === 0).map(({ name }) => name),
    ).toEqual([]);
  });

  it('asks for named fields only', () => {
    const lookups = elements.filter(({ element }) => element.name === 'recordLookups');
    expect(lookups.filter(({ element }) => all(element, 'queriedFields').length === 0)).toEqual([]);
  });

  it('opens in auto-layout', () => {
    const modes = flows.map((flow) =>
      all(flow.root, 'processMetadataValues').map((value) => [
        textOf(value, 'name'),
        all(value, 'value').map((one) => textOf(one, 'stringValue')),
      ]),
    );
    expect(new Set(modes.map((mode) => JSON.stringify(mode)))).toEqual(
      new Set(['[["CanvasMode",["AUTO_LAYOUT_CANVAS"]]]']),
    );
  });

  it('is active but for the schedule, which needs a person first', () => {
    const drafts = flows.filter((flow) => textOf(flow.root, 'status') !== 'Active');
    expect(drafts.map((flow) => flow.name)).toEqual(['Health_Refresh_Schedule']);
  });
});

describe('the metadata gate over the flows that we ship', () => {
  it.each([
    [
      'a write before the callout',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      /(<start>[\s\S]*?<targetReference>)May_Force([\s\S]*)<\/Flow>/,
      '$1Write_First$2<recordCreates><name>Write_First</name><label>W</label><locationX>0</locationX><locationY>0</locationY><connector><targetReference>May_Force</targetReference></connector><inputAssignments><field>Period__c</field><value><stringValue>x</stringValue></value></inputAssignments><object>Health_Score_Run__c</object></recordCreates></Flow>',
      'callout Start_All after Write_First has written',
    ],
    [
      'a callout without a fault path',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      /<faultConnector>[\s\S]*?<\/faultConnector>/,
      '',
      'a callout without fault path',
    ],
    [
      'a callout that goes on whatever the service answers',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<targetReference>Was_All_Taken',
      '<targetReference>Say_Started',
      'found callout Start_All without a decision on Start_All.responseCode',
    ],
    [
      'a decision on the code of another callout',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<leftValueReference>Start_One.responseCode',
      '<leftValueReference>Start_All.responseCode',
      'found callout Start_One without a decision on Start_One.responseCode',
    ],
    [
      'a code taken for good that the service does not declare',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<numberValue>202.0',
      '<numberValue>200.0',
      'Was_All_Taken: found no outcome for a declared code of 2xx',
    ],
    [
      'a decision that lets all but one code through',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      /(Start_One\.responseCode<\/leftValueReference>\s*<operator>)EqualTo/,
      '$1NotEqualTo',
      'Was_One_Taken: found no outcome for a declared code of 2xx',
    ],
    [
      'a decision whose outcomes all lead to the same end',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<targetReference>Keep_Release_Answer',
      '<targetReference>Say_Started',
      'Was_Release_Taken: found that other codes than declared ones go to Say_Started too',
    ],
    [
      'another code that comes to the good end in the end',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      /(<name>Keep_One_Answer[\s\S]*?<targetReference>)Write_Refusal/,
      '$1Say_Started',
      'Was_One_Taken: found that other codes than declared ones go to Say_Started too',
    ],
    [
      'a decision that ends in silence',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      /<defaultConnector>\s*<targetReference>Keep_One_Answer<\/targetReference>\s*<\/defaultConnector>/,
      '',
      'Was_One_Taken: found that other codes than declared ones go nowhere',
    ],
    [
      'an output that the action does not have',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      'Start_All.default',
      'Start_All.defaultExc',
      'found Start_All.defaultExc, expected an output of the action: responseCode, default, 202',
    ],
    [
      'outputs that are read and not stored',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<storeOutputAutomatically>true',
      '<storeOutputAutomatically>false',
      'expected storeOutputAutomatically',
    ],
    [
      'an input that the service does not have',
      `${FLOWS}Health_Refresh_Start.flow-meta.xml`,
      '<name>confirm</name>\n            <value>',
      '<name>release</name>\n            <value>',
      'found input release, expected a parameter of startRun',
    ],
    [
      'an input that the other flow does not have',
      `${FLOWS}Health_Refresh_Schedule.flow-meta.xml`,
      '<name>mode</name>',
      '<name>manner</name>',
      'found input manner',
    ],
    [
      'a monthly schedule',
      `${FLOWS}Health_Refresh_Schedule.flow-meta.xml`,
      '<frequency>Daily',
      '<frequency>Monthly',
      'found frequency Monthly',
    ],
    [
      'a field that is gone',
      `${FLOWS}Health_Refresh_Failure.flow-meta.xml`,
      '<field>Error__c',
      '<field>Errors_All__c',
      'has no field Errors_All__c',
    ],
    [
      'a component that is gone',
      `${FLOWS}Refresh_Health.flow-meta.xml`,
      'c:runProgress',
      'c:runStatus',
      'found component c:runStatus',
    ],
    [
      'an input that the component does not offer',
      `${FLOWS}Refresh_Health.flow-meta.xml`,
      '<name>askedAt</name>\n                <value>',
      '<name>since</name>\n                <value>',
      'found input since of c:runProgress',
    ],
    [
      'a permission that is gone',
      `${FLOWS}Refresh_Health.flow-meta.xml`,
      '$Permission.Refresh_Health_Scores',
      '$Permission.Refresh_Health',
      'custom permission Refresh_Health,',
    ],
    [
      'a credential that is gone',
      'force-app/main/default/namedCredentials/Node_Scorer.namedCredential-meta.xml',
      '<externalCredential>Node_Scorer',
      '<externalCredential>Node_Scorers',
      'external credential Node_Scorers',
    ],
    [
      'a principal that is gone',
      'force-app/main/default/permissionsets/Health_Refresh_Callout.permissionset-meta.xml',
      'Node_Scorer-Scorer',
      'Node_Scorer-Default',
      'Node_Scorer-Default',
    ],
    [
      'a registration of another operation',
      'force-app/main/default/externalServiceRegistrations/NodeScorer.externalServiceRegistration-meta.xml',
      '<name>startRun</name>',
      '<name>beginRun</name>',
      'found operation beginRun',
    ],
    [
      'a quick action on a layout that is gone',
      'force-app/main/default/layouts/Account-Customer Health Account Layout.layout-meta.xml',
      'Account.Refresh_Health',
      'Account.Refresh',
      'quick action Account.Refresh,',
    ],
    [
      'a quick action of a flow that is gone',
      'force-app/main/default/quickActions/Account.Refresh_Health.quickAction-meta.xml',
      '<flowDefinition>Refresh_Health',
      '<flowDefinition>Refresh',
      'found flow Refresh,',
    ],
  ])('finds %s', (_what, file, from, to, words) => {
    expect(findings(file, from, to).filter((line) => line.includes(words))).not.toEqual([]);
  });
});

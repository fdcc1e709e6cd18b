import { describe, expect, it } from 'vitest';
import { all, textOf } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';
import { ofType, readProject } from '../../scripts/metadata/project.ts';
import { findingsWith } from './planted.ts';

const APP = 'force-app/main/default';
const shipped = readProject(['force-app', 'force-app-defaults']);
const flow = (name: string): string => `${APP}/flows/${name}.flow-meta.xml`;
const set = (name: string): string => `${APP}/permissionsets/${name}.permissionset-meta.xml`;
const PAGE = `${APP}/flexipages/Health_Account_Record_Page.flexipage-meta.xml`;
const SERVICE = `${APP}/externalServiceRegistrations/NodeScorer.externalServiceRegistration-meta.xml`;
const ACTIVITIES =
  '    <userPermissions>\n        <enabled>true</enabled>\n        <name>ActivitiesAccess</name>\n    </userPermissions>\n';
const shares = (share: string): string =>
  `    <folderShares>\n        <accessLevel>View</accessLevel>\n        <sharedTo>${share}</sharedTo>\n        <sharedToType>Organization</sharedToType>\n    </folderShares>\n`;

describe('the gate refuses', () => {
  it.each([
    [
      'a global value set on a custom metadata type',
      `${APP}/objects/Health_Dimension__mdt/fields/Part_Of__c.field-meta.xml`,
      '<restricted>true</restricted>',
      '<restricted>true</restricted>\n        <valueSetName>Health_Tier</valueSetName>',
      'found global value set Health_Tier',
    ],
    [
      'an external sharing model',
      `${APP}/objects/Churn_Signal__c/Churn_Signal__c.object-meta.xml`,
      '    <label>',
      '    <externalSharingModel>ControlledByParent</externalSharingModel>\n    <label>',
      'found externalSharingModel',
    ],
    [
      'an outcome that is named like a variable but for case',
      flow('Refresh_Health'),
      '<name>Service_Took_It</name>',
      '<name>Started</name>',
      'found Started of rules beside started of variables',
    ],
    [
      'a formula that is named like an element but for case',
      flow('Refresh_Health'),
      '<name>Now_Text</name>',
      '<name>GET_RUN</name>',
      'expected names that differ in more than case',
    ],
    [
      'a field of a screen that is named like an element',
      flow('Refresh_Health'),
      '<name>Not_Started_Text</name>',
      '<name>get_account</name>',
      'expected names that differ in more than case',
    ],
    [
      'a jump back into a loop',
      flow('Health_Refresh_Failure'),
      '<targetReference>Each_Admin</targetReference>',
      '<isGoTo>true</isGoTo>\n            <targetReference>Each_Admin</targetReference>',
      'connector to loop Each_Admin',
    ],
    [
      'jumps in a flow that is laid out freely',
      flow('Health_Refresh_Start'),
      'AUTO_LAYOUT_CANVAS',
      'FREE_FORM_CANVAS',
      'CanvasMode FREE_FORM_CANVAS',
    ],
    [
      'an external service without reference to its credential',
      SERVICE,
      '    <namedCredentialReference>Node_Scorer</namedCredentialReference>\n',
      '',
      'found namedCredentialReference (none)',
    ],
    [
      'an external service with two credentials',
      SERVICE,
      '<namedCredentialReference>Node_Scorer<',
      '<namedCredentialReference>Scorer_Node<',
      'found named credential Scorer_Node',
    ],
    [
      'a related list that needs our page layout',
      PAGE,
      '<componentName>lst:dynamicRelatedList<',
      '<componentName>force:relatedListSingleContainer<',
      'expected lst:dynamicRelatedList',
    ],
    [
      'a related list with a column that is none',
      PAGE,
      '<value>Date_Observed__c</value>',
      '<value>Observed_On__c</value>',
      'found column Observed_On__c of Churn_Signals__r',
    ],
    [
      'two components of one name on a page',
      PAGE,
      '<identifier>healthScores<',
      '<identifier>churnSignals<',
      'found identifier churnSignals twice',
    ],
    [
      'reports that nobody else sees',
      `${APP}/reports/Customer_Health.reportFolder-meta.xml`,
      shares('AllInternalUsers'),
      '',
      'found no folderShares',
    ],
    [
      'dashboards that nobody else sees',
      `${APP}/dashboards/Customer_Health.dashboardFolder-meta.xml`,
      shares('AllInternalUsers'),
      '',
      'found no folderShares',
    ],
    [
      'reviews for a user who may see no activity',
      set('Health_Scorer_Integration'),
      ACTIVITIES,
      '',
      'found Event.Attended__c readable without user permission ActivitiesAccess',
    ],
    [
      'a tick for a user who may edit no event',
      set('Health_Account_Manager'),
      '<name>EditEvent</name>',
      '<name>EditTask</name>',
      'found Event.Attended__c editable without user permission EditEvent',
    ],
    [
      'fields of an object that an org may lack beside others',
      set('Health_Scorer_Integration'),
      '<field>Case.Type</field>',
      '<field>AccountContactRelation.Roles</field>',
      'expected a permission set of its own',
    ],
    [
      'a right beside those on an object that an org may lack',
      set('Health_Scorer_Champions'),
      '</PermissionSet>',
      `${ACTIVITIES}</PermissionSet>`,
      'expected a permission set of its own',
    ],
    [
      'a function that Salesforce does not have',
      flow('Refresh_Health'),
      'LEFT(TEXT(',
      'LEFT(STRING(',
      'found function STRING',
    ],
    [
      'a function that a validation rule does not have',
      `${APP}/objects/Churn_Signal__c/validationRules/Detail_Given.validationRule-meta.xml`,
      'ISBLANK(',
      'ISEMPTY(',
      'found function ISEMPTY',
    ],
    [
      'a text as a number',
      `${APP}/objects/Account/fields/Health_Change__c.field-meta.xml`,
      'Current_Health_Score__r.Change__c, NULL',
      'TEXT(Current_Health_Score__r.Tier__c), NULL',
      'found a text, expected a number',
    ],
    [
      'a picklist as a text',
      `${APP}/objects/Account/fields/Health_Tier__c.field-meta.xml`,
      'TEXT(Current_Health_Score__r.Tier__c)',
      'Current_Health_Score__r.Tier__c',
      'found a picklist, expected a text',
    ],
    [
      'a record with a value that its picklist lacks',
      'force-app-defaults/main/default/customMetadata/Health_Metric.csat_score.md-meta.xml',
      '>higher<',
      '>upward<',
      'found upward for Health_Metric__mdt.Direction__c',
    ],
    [
      'a flow that writes a value which a picklist lacks',
      flow('Health_Refresh_Failure'),
      '<stringValue>Failed</stringValue>',
      '<stringValue>failed</stringValue>',
      'found failed for Health_Score_Run__c.Status__c',
    ],
    [
      'help that is too long',
      `${APP}/objects/Account/fields/Churned_On__c.field-meta.xml`,
      '<inlineHelpText>',
      `<inlineHelpText>${'h'.repeat(511)}`,
      'expected at most 510',
    ],
    [
      'a text that is too long for its kind',
      `${APP}/objects/Health_Score__c/fields/Score_Key__c.field-meta.xml`,
      '<length>40</length>',
      '<length>400</length>',
      'found length 400',
    ],
    [
      'history of a formula',
      `${APP}/objects/Account/fields/Health_Change__c.field-meta.xml`,
      '<label>',
      '<trackHistory>true</trackHistory>\n    <label>',
      'found trackHistory on a formula',
    ],
    [
      'history of an object that keeps none',
      `${APP}/objects/Account/Account.object-meta.xml`,
      '<enableHistory>true</enableHistory>',
      '<enableHistory>false</enableHistory>',
      'expected enableHistory on Account too',
    ],
    [
      'a detail that is shared on its own',
      `${APP}/objects/Health_Score__c/Health_Score__c.object-meta.xml`,
      '<sharingModel>ControlledByParent<',
      '<sharingModel>Private<',
      'expected ControlledByParent',
    ],
    [
      'an object without a master that is controlled by one',
      `${APP}/objects/Health_Score_Run__c/Health_Score_Run__c.object-meta.xml`,
      '<sharingModel>ReadWrite<',
      '<sharingModel>ControlledByParent<',
      'it has no master',
    ],
    [
      'a detail that outlives its master',
      `${APP}/objects/Health_Score__c/fields/Account__c.field-meta.xml`,
      '<label>',
      '<deleteConstraint>Restrict</deleteConstraint>\n    <label>',
      'found deleteConstraint Restrict',
    ],
    [
      'a long text in a search layout',
      `${APP}/objects/Health_Score_Run__c/Health_Score_Run__c.object-meta.xml`,
      '</searchLayouts>',
      '    <searchFilterFields>Error__c</searchFilterFields>\n    </searchLayouts>',
      'found searchFilterFields Error__c',
    ],
    [
      'a long text in a compact layout',
      `${APP}/objects/Churn_Signal__c/compactLayouts/Churn_Signal_Compact.compactLayout-meta.xml`,
      '<label>',
      '<fields>Signal_Detail__c</fields>\n    <label>',
      'found Signal_Detail__c',
    ],
    [
      'a right without the one that it rests on',
      set('Health_Account_Manager'),
      '<allowEdit>true</allowEdit>\n        <allowRead>true</allowRead>',
      '<allowEdit>true</allowEdit>\n        <allowRead>false</allowRead>',
      'found allowEdit on Churn_Signal__c without allowRead',
    ],
  ])('%s', (_what, file, find, replace, words) => {
    const found = findingsWith(shipped, [{ file, find, replace }]);
    expect(found.filter(({ message }) => message.includes(words))).not.toEqual([]);
  });
});

describe('value sets of custom metadata types', () => {
  const valuesOf = (list: Element[]): (string | undefined)[][] =>
    list.map((value) => [textOf(value, 'fullName'), textOf(value, 'label')]);
  const global = (name: string): (string | undefined)[][] =>
    ofType(shipped, 'GlobalValueSet')
      .filter((part) => part.name === name)
      .flatMap((part) => valuesOf(all(part.root, 'customValue')));
  const local = (name: string): (string | undefined)[][] =>
    ofType(shipped, 'CustomField')
      .filter((part) => part.name === name)
      .flatMap((part) => all(part.root, 'valueSet'))
      .flatMap((one) => all(one, 'valueSetDefinition'))
      .flatMap((one) => valuesOf(all(one, 'value')));

  // A custom metadata type takes no global value set, so these repeat one; they must not drift apart.
  it.each([
    ['Health_Metric__mdt.Direction__c', 'Health_Direction'],
    ['Health_Cap__mdt.Severity__c', 'Churn_Signal_Severity'],
    ['Health_Cap__mdt.Segment__c', 'Health_Segment'],
  ])('%s has the values of %s', (field, name) => {
    expect(local(field).length).toBeGreaterThan(1);
    expect(local(field)).toEqual(global(name));
  });
});

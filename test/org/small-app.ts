/** A small, clean force-app with one of everything that the gate looks at, for defects to be planted in. */

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const xml = (root: string, inner: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NS}${more}>\n${inner}\n</${root}>\n`;

const field = (name: string, inner: string): string =>
  xml('CustomField', `<fullName>${name}</fullName><label>${name}</label>${inner}`);
const object = (label: string): string =>
  xml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><label>${label}</label>` +
      `<nameField><displayFormat>X-{0}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>` +
      `<pluralLabel>${label}s</pluralLabel><sharingModel>ReadWrite</sharingModel>`,
  );
const fieldPermission = (name: string): string =>
  `<fieldPermissions><editable>true</editable><field>${name}</field><readable>true</readable></fieldPermissions>\n`;

const OPENAPI = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Runs', version: '1' },
  paths: {
    '/v1/runs': {
      post: {
        operationId: 'startRun',
        parameters: [{ name: 'period', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { 202: { description: 'accepted' } },
      },
    },
  },
});

const at = '<locationX>0</locationX><locationY>0</locationY>';
const to = (name: string): string => `<targetReference>${name}</targetReference>`;
const FLOW = xml(
  'Flow',
  `<actionCalls><name>Start_Run</name><label>Start</label>${at}
    <actionName>Service.startRun</actionName><actionType>externalService</actionType>
    <connector>${to('Is_Taken')}</connector><faultConnector>${to('Write_Error')}</faultConnector>
    <inputParameters><name>period</name><value><elementReference>Period</elementReference></value></inputParameters>
    <storeOutputAutomatically>true</storeOutputAutomatically>
  </actionCalls>
  <apiVersion>66.0</apiVersion>
  <decisions><name>Is_Due</name><label>Due</label>${at}<defaultConnectorLabel>No</defaultConnectorLabel>
    <rules><name>Due</name><conditionLogic>and</conditionLogic>
      <conditions><leftValueReference>Get_Run</leftValueReference><operator>IsNull</operator><rightValue><booleanValue>true</booleanValue></rightValue></conditions>
      <connector>${to('Start_Run')}</connector><label>Due</label></rules>
  </decisions>
  <decisions><name>Is_Taken</name><label>Taken</label>${at}<defaultConnector>${to('Write_Error')}</defaultConnector><defaultConnectorLabel>Refused</defaultConnectorLabel>
    <rules><name>Taken</name><conditionLogic>and</conditionLogic>
      <conditions><leftValueReference>Start_Run.responseCode</leftValueReference><operator>EqualTo</operator><rightValue><numberValue>202</numberValue></rightValue></conditions>
      <connector>${to('Write_Run')}</connector><label>Taken</label></rules>
  </decisions>
  <formulas><name>Period</name><dataType>String</dataType><expression>TEXT(YEAR({!$Flow.CurrentDate})) &amp; "-" &amp; TEXT(MONTH({!$Flow.CurrentDate}))</expression></formulas>
  <label>Refresh</label>
  <processType>AutoLaunchedFlow</processType>
  <recordCreates><name>Write_Error</name><label>Error</label>${at}
    <inputAssignments><field>Error__c</field><value><elementReference>$Flow.FaultMessage</elementReference></value></inputAssignments>
    <object>Run__c</object></recordCreates>
  <recordCreates><name>Write_Run</name><label>Run</label>${at}
    <inputAssignments><field>Period__c</field><value><elementReference>Period</elementReference></value></inputAssignments>
    <object>Run__c</object></recordCreates>
  <recordLookups><name>Get_Run</name><label>Get</label>${at}<connector>${to('Is_Due')}</connector>
    <filters><field>Period__c</field><operator>EqualTo</operator><value><elementReference>Period</elementReference></value></filters>
    <object>Run__c</object></recordLookups>
  <start>${at}<connector>${to('Get_Run')}</connector>
    <schedule><frequency>Daily</frequency><startDate>2026-01-01</startDate><startTime>02:00:00.000Z</startTime></schedule>
    <triggerType>Scheduled</triggerType></start>
  <status>Draft</status>`,
);

const SET = xml(
  'PermissionSet',
  `${fieldPermission('Run__c.Error__c')}${fieldPermission('Run__c.Period__c')}${fieldPermission('Score__c.Value__c')}<hasActivationRequired>false</hasActivationRequired><label>All</label>
  <objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Run__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>`,
);

export const CALLOUT_SET = xml(
  'PermissionSet',
  `<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Scorer-Main</externalCredentialPrincipal></externalCredentialPrincipalAccesses>
  <hasActivationRequired>false</hasActivationRequired><label>Callout</label>`,
);

/** Path → text of every file. A fresh map each time, so that a test may change it. */
export const smallApp = (): Map<string, string> =>
  new Map([
    ['app/objects/Run__c/Run__c.object-meta.xml', object('Run')],
    [
      'app/objects/Run__c/fields/Period__c.field-meta.xml',
      field('Period__c', '<length>7</length><type>Text</type>'),
    ],
    [
      'app/objects/Run__c/fields/Error__c.field-meta.xml',
      field('Error__c', '<length>4096</length><type>LongTextArea</type><visibleLines>3</visibleLines>'),
    ],
    ['app/objects/Score__c/Score__c.object-meta.xml', object('Score')],
    [
      'app/objects/Score__c/fields/Value__c.field-meta.xml',
      field('Value__c', '<precision>4</precision><scale>1</scale><type>Number</type>'),
    ],
    [
      'app/objects/Score__c/fields/Key__c.field-meta.xml',
      field('Key__c', '<length>40</length><required>true</required><type>Text</type>'),
    ],
    [
      'app/objects/Score__c/compactLayouts/Compact.compactLayout-meta.xml',
      xml('CompactLayout', '<fullName>Compact</fullName><fields>Value__c</fields><label>Compact</label>'),
    ],
    [
      'app/objects/Setting__mdt/Setting__mdt.object-meta.xml',
      xml(
        'CustomObject',
        '<label>Setting</label><pluralLabel>Settings</pluralLabel><visibility>Public</visibility>',
      ),
    ],
    [
      'app/objects/Setting__mdt/fields/Day__c.field-meta.xml',
      field('Day__c', '<precision>2</precision><scale>0</scale><type>Number</type>'),
    ],
    [
      'app/customMetadata/Setting.Default.md-meta.xml',
      xml(
        'CustomMetadata',
        '<label>Default</label><protected>false</protected><values><field>Day__c</field><value xsi:type="xsd:double">3</value></values>',
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
      ),
    ],
    [
      'app/externalCredentials/Scorer.externalCredential-meta.xml',
      xml(
        'ExternalCredential',
        '<authenticationProtocol>Custom</authenticationProtocol><externalCredentialParameters><parameterName>Main</parameterName><parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters><label>Scorer</label>',
      ),
    ],
    [
      'app/namedCredentials/Scorer.namedCredential-meta.xml',
      xml(
        'NamedCredential',
        '<label>Scorer</label><namedCredentialParameters><externalCredential>Scorer</externalCredential><parameterName>ExternalCredential</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters><namedCredentialType>SecuredEndpoint</namedCredentialType>',
      ),
    ],
    [
      'app/externalServiceRegistrations/Service.externalServiceRegistration-meta.xml',
      xml(
        'ExternalServiceRegistration',
        `<label>Service</label><namedCredential>Scorer</namedCredential><namedCredentialReference>Scorer</namedCredentialReference><operations><active>true</active><name>startRun</name></operations><registrationProviderType>Custom</registrationProviderType><schema>${OPENAPI.replaceAll('"', '&quot;')}</schema><schemaType>OpenApi3</schemaType><status>Complete</status>`,
      ),
    ],
    ['app/flows/Refresh.flow-meta.xml', FLOW],
    ['app/permissionsets/All.permissionset-meta.xml', SET],
    ['app/permissionsets/Callout.permissionset-meta.xml', CALLOUT_SET],
    [
      'app/tabs/Score__c.tab-meta.xml',
      xml('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>'),
    ],
    [
      'app/lwc/card/card.js',
      "import { LightningElement, api } from 'lwc';\nimport VALUE from '@salesforce/schema/Score__c.Value__c';\nexport default class Card extends LightningElement {\n  @api size;\n  field = VALUE;\n}\n",
    ],
    ['app/lwc/card/card.html', '<template><p>{field.fieldApiName}</p></template>\n'],
    [
      'app/lwc/card/card.js-meta.xml',
      xml(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets><targetConfigs><targetConfig targets="lightning__RecordPage"><property name="size" type="String"/></targetConfig></targetConfigs>',
      ),
    ],
  ]);

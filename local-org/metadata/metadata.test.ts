import { describe, expect, it } from 'vitest';
import {
  all,
  componentOf,
  escapeXml,
  fieldsIn,
  functionsIn,
  isTrue,
  numberOf,
  parseFlowFormula,
  parseFormula,
  reachable,
  readComponents,
  readFlow,
  readXml,
  textOf,
  walk,
} from './index.ts';

describe('XML', () => {
  const root = readXml(
    '<?xml version="1.0"?>\n<!-- first -->\n<A xmlns:xsi="x">\n <b>1</b><c> <d/> </c><b xsi:nil="true"/><t>a &lt; b &amp; c</t><on>true</on><n></n>\n</A>\n',
  );

  it('keeps order, attributes and entities, and no white space', () => {
    expect(root.children.map(({ name }) => name)).toEqual(['b', 'c', 'b', 't', 'on', 'n']);
    expect(all(root, 'b').map(({ text, attributes }) => [text, attributes])).toEqual([
      ['1', {}],
      ['', { 'xsi:nil': 'true' }],
    ]);
    expect(textOf(root, 't')).toBe('a < b & c');
    expect(readXml(`<A>${escapeXml('a < b & c > d')}</A>`).text).toBe('a < b & c > d');
    expect(textOf(root, 'c')).toBe('');
    expect(walk(root).map(({ name }) => name)).toContain('d');
  });

  it('tells what is not there from what is empty', () => {
    expect([textOf(root, 'n'), textOf(root, 'none')]).toEqual(['', undefined]);
    expect([numberOf(root, 'b'), numberOf(root, 'n'), numberOf(root, 'none')]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect([isTrue(root, 'on'), isTrue(root, 'b'), isTrue(root, 'none')]).toEqual([true, false, false]);
  });

  it.each([
    ['<A><b></A>', 'line 1: not well-formed'],
    ['<A>\n<b>1</b>\n</C>', 'line 3: not well-formed'],
    ['', 'line 1: not well-formed'],
  ])('refuses %j', (text, words) => {
    expect(() => readXml(text)).toThrow(words);
  });
});

describe('source format', () => {
  it.each([
    ['objects/Order__c/Order__c.object-meta.xml', 'CustomObject', 'Order__c', undefined],
    ['app/objects/Order__c/fields/Sum__c.field-meta.xml', 'CustomField', 'Order__c.Sum__c', 'Order__c'],
    ['objects/Account/listViews/Mine.listView-meta.xml', 'ListView', 'Account.Mine', 'Account'],
    ['objects/Order__c.object', 'CustomObject', 'Order__c', undefined],
    ['reports/Sales/Open.report-meta.xml', 'Report', 'Sales/Open', undefined],
    ['dashboards/Sales/All.dashboard', 'Dashboard', 'Sales/All', undefined],
    ['reports/Sales.reportFolder-meta.xml', 'ReportFolder', 'Sales', undefined],
    ['customMetadata/Rate.Low_1.md-meta.xml', 'CustomMetadata', 'Rate.Low_1', undefined],
    ['customMetadata/Rate.Low_1.md', 'CustomMetadata', 'Rate.Low_1', undefined],
    ['layouts/Account-A%28B%29.layout-meta.xml', 'Layout', 'Account-A(B)', undefined],
    ['lwc/orders/orders.js-meta.xml', 'LightningComponentBundle', 'orders', undefined],
  ])('names %s', (path, type, name, object) => {
    expect(componentOf({ path, text: `<${type}/>` })).toMatchObject({ type, name, object, file: path });
  });

  it('takes an object in one file apart, so that deploy zips look like source trees', () => {
    const text =
      '<CustomObject><fields><fullName>Sum__c</fullName></fields><validationRules><fullName>Positive</fullName></validationRules></CustomObject>';
    const read = readComponents([{ path: 'objects/Order__c.object', text }]);
    expect(read.map(({ type, name, object }) => [type, name, object])).toEqual([
      ['CustomObject', 'Order__c', undefined],
      ['CustomField', 'Order__c.Sum__c', 'Order__c'],
      ['ValidationRule', 'Order__c.Positive', 'Order__c'],
    ]);
  });

  it('lists every file that is not well formed', () => {
    const files = ['a', 'b'].map((name) => ({ path: `flows/${name}.flow-meta.xml`, text: '<Flow>' }));
    expect(() => readComponents(files)).toThrow(/flows\/a\.flow-meta\.xml: line 1[\s\S]*flows\/b\.flow/);
  });
});

describe('flows', () => {
  const to = (name: string, target: string): string =>
    `<${name}><targetReference>${target}</targetReference></${name}>`;
  const flow = readFlow(
    componentOf({
      path: 'flows/Orders.flow-meta.xml',
      text:
        `<Flow><start>${to('connector', 'Ask')}</start>` +
        `<decisions><name>Ask</name>${to('defaultConnector', 'Stop')}<rules><name>Yes</name>${to('connector', 'Save')}</rules></decisions>` +
        `<recordUpdates><name>Save</name>${to('connector', 'Ask')}${to('faultConnector', 'Stop')}</recordUpdates>` +
        '<screens><name>Stop</name></screens><screens><name>Lost</name></screens>' +
        '<variables><name>order</name></variables><processMetadataValues><name>Canvas</name></processMetadataValues></Flow>',
    }),
  );

  it('are elements with all that may come next, by rule, default and fault', () => {
    expect([...flow.elements.values()].map(({ name, kind, next }) => [name, kind, next])).toEqual([
      ['Ask', 'decisions', ['Stop', 'Save']],
      ['Save', 'recordUpdates', ['Ask', 'Stop']],
      ['Stop', 'screens', []],
      ['Lost', 'screens', []],
    ]);
    expect([flow.first, [...flow.resources.keys()]]).toEqual([['Ask'], ['order']]);
  });

  it('say which elements are never come to', () => {
    expect([...reachable(flow)].sort()).toEqual(['Ask', 'Save', 'Stop']);
  });
});

describe('formulas', () => {
  it('say which fields and functions they name, at any depth', () => {
    const tree = parseFormula('IF(AND(Owner.Name = "x", -Sum__c > 2), text(Stage__c), $User.Id)');
    expect(fieldsIn(tree)).toEqual([['Owner', 'Name'], ['Sum__c'], ['Stage__c'], ['$User', 'Id']]);
    expect(functionsIn(tree)).toEqual(['IF', 'AND', 'TEXT']);
  });

  it('of flows write references in marks', () => {
    expect(fieldsIn(parseFlowFormula('LEN({!order.Name}) + {!$Flow.Count}'))).toEqual([
      ['order', 'Name'],
      ['$Flow', 'Count'],
    ]);
    expect(() => parseFormula('LEN({!order.Name})')).toThrow('unexpected');
  });
});

import { describe, expect, it } from 'vitest';
import { all, textOf, walk } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';
import { ofType, readProject } from '../../scripts/metadata/project.ts';

/*
 * After accounts were merged, scores of the one that went hang below the other. Own__c tells them apart, and whatever
 * shows or reads the scores of an account must ask for it: here is every place that does.
 */
const shipped = readProject(['force-app']);
const SCORE = 'Health_Score__c';
const fieldsOf = (element: Element, list: string): string[] =>
  all(element, list).map((one) => textOf(one, 'field') ?? '');

const listViews = ofType(shipped, 'ListView').filter((part) => part.object === SCORE);
const lookups = ofType(shipped, 'Flow').flatMap((part) =>
  ['recordLookups', 'recordUpdates', 'recordDeletes'].flatMap((kind) =>
    all(part.root, kind)
      .filter((node) => textOf(node, 'object') === SCORE && fieldsOf(node, 'filters').includes('Account__c'))
      .map((node) => ({
        flow: part.name,
        name: textOf(node, 'name') ?? '',
        filters: fieldsOf(node, 'filters'),
      })),
  ),
);
const relatedLists = ofType(shipped, 'FlexiPage').flatMap((part) =>
  walk(part.root)
    .filter((element) => element.name === 'componentInstance')
    .map((element) => walk(element).map(({ text }) => text))
    .filter((texts) => texts.includes('Health_Scores__r'))
    .map((texts) => ({ page: part.name, texts })),
);
const questions = [...shipped.files]
  .filter(([file]) => /\/lwc\/.*\.js$/.test(file) && !file.includes('__tests__'))
  .flatMap(([file, text]) =>
    [...text.matchAll(/\bHealth_Score__c\(\s*where:([\s\S]*?)\b(?:orderBy|first):/g)]
      .map(([, where = '']) => ({ file, where }))
      .filter(({ where }) => where.includes('Account__c')),
  );

describe('scores of an account that was merged into another', () => {
  it('are looked for where there is something to look at', () => {
    expect([listViews.length, lookups.length, relatedLists.length, questions.length]).toEqual([5, 2, 1, 3]);
  });

  it.each(listViews)('are in no list view: $name', ({ root }) => {
    const own = all(root, 'filters').filter((filter) => textOf(filter, 'field') === 'Own__c');
    expect(own.map((filter) => [textOf(filter, 'operation'), textOf(filter, 'value')])).toEqual([
      ['equals', '1'],
    ]);
  });

  it.each(lookups)('are read by no flow: $flow, $name', ({ filters }) => {
    expect(filters).toContain('Own__c');
  });

  it.each(relatedLists)('are in no related list of a page: $page', ({ texts }) => {
    expect(texts).toContain('Own__c|EQUALS|true');
  });

  it('are in no related list of a layout of the account, which cannot filter', () => {
    const texts = ofType(shipped, 'Layout').flatMap((part) =>
      all(part.root, 'relatedLists').map((list) => textOf(list, 'relatedList')),
    );
    expect(texts).not.toContain('Health_Score__c.Account__c');
    expect(texts).toContain('Churn_Signal__c.Account__c');
  });

  it.each(questions)('are asked for by no card: $file', ({ where }) => {
    expect(where).toContain('Own__c: { eq: true }');
  });

  it('are in no report: each reads the fields of the account, which leave them out', () => {
    const columns = ofType(shipped, 'Report').flatMap((part) =>
      walk(part.root).flatMap(({ name, text }) => (/^(field|column)$/.test(name) ? [text] : [])),
    );
    expect(columns.filter((column) => column.startsWith('Account.Health_'))).not.toEqual([]);
    expect(columns.filter((column) => /Health_Scores__r|^Health_Score__c\./.test(column))).toEqual([]);
    const formulas = ofType(shipped, 'CustomField').filter(
      (part) =>
        part.object === 'Account' && textOf(part.root, 'formula')?.includes('Current_Health_Score__r'),
    );
    expect(formulas.length).toBeGreaterThan(6);
    for (const { root } of formulas)
      expect(textOf(root, 'formula')).toContain('Current_Health_Score__r.Own__c');
  });
});

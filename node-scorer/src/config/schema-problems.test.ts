import { expect, it } from 'vitest';
import { z } from 'zod';
import { formatProblem } from '../errors.ts';
import { expecting, mapOf, note, number, text, textOf, wholeNumber } from './schema-parts.ts';
import { readBySchema } from './schema-problems.ts';

const weight = z
  .union([
    number(0, 1),
    z.strictObject({ paid: number(0, 1), standard: number(0, 1) }),
    z.strictObject({ weight: number(0, 1), enabled: z.boolean() }),
  ])
  .transform((given) => given);
const id = z.string().superRefine((name, context) => {
  if (!/^[a-z]/.test(name)) note(context, [], `the id ${name}`, 'one that begins with a letter', 'rename it');
});
const schema = z
  .strictObject({
    version: expecting(z.literal(1), '1', 'this program reads format 1'),
    name: text(),
    field: textOf(/^\w+\.\w+$/, 'a field', 'written view.field'),
    day: wholeNumber(1, 28),
    count: wholeNumber(0, 1e9),
    segment: z.enum(['paid', 'standard']).optional(),
    tags: z.array(text()).default([]),
    weights: mapOf(id, weight),
  })
  .superRefine(({ name, weights }, context) => {
    if (!weights.has(name)) note(context, ['name'], name, 'one of the weights');
  });
const right = { version: 1, name: 'a', field: 'x.y', day: 3, count: 7, weights: { a: 0.5 } };

const told = (change: object): string[] =>
  readBySchema(schema, { ...right, ...change }, { where: (path) => path.join('.') }).problems.map(
    formatProblem,
  );

it('A right document is given as its schema makes it, a negative zero as the plain one', () => {
  const read = readBySchema(schema, { ...right, count: -0 }, { where: () => '' });
  expect(read).toEqual({
    problems: [],
    value: { ...right, count: 0, tags: [], weights: new Map([['a', 0.5]]) },
  });
});

it.each<[string, object, string | string[]]>([
  ['a missing key', { day: undefined }, 'day: found nothing, expected a whole number from 1 to 28'],
  [
    'a misspelt key',
    { segmnt: 'paid' },
    'segmnt: found the unknown key segmnt, expected version, name, field, day, count, segment, tags, weights; did you mean segment?',
  ],
  [
    'a key that is like no other',
    { zzz: 1 },
    'zzz: found the unknown key zzz, expected version, name, field, day, count, segment, tags, weights; remove it',
  ],
  ['another format', { version: 2 }, 'version: found 2, expected 1; this program reads format 1'],
  ['a number for a text', { name: 5 }, 'name: found 5, expected a text; put it in quotes'],
  ['spaces for a text', { name: ' ' }, 'name: found " " (text), expected a text'],
  ['a text of another form', { field: 'x' }, 'field: found "x" (text), expected a field; written view.field'],
  ['a fraction out of range, once', { day: 28.5 }, 'day: found 28.5, expected a whole number from 1 to 28'],
  ['NaN', { day: Number.NaN }, 'day: found NaN, expected a whole number from 1 to 28'],
  [
    'a number below a far bound',
    { count: -1 },
    'count: found -1, expected a whole number of at least 0, at most 1000000000',
  ],
  [
    'a word by another case',
    { segment: 'Paid' },
    'segment: found "Paid" (text), expected paid, standard; did you mean paid?',
  ],
  ['a map for a list', { tags: {} }, 'tags: found a map, expected a list'],
  ['a bad item', { tags: ['a', null] }, 'tags.1: found nothing, expected a text'],
  ['a list for a map', { weights: [] }, 'weights: found a list, expected a map of keys and values'],
  [
    'one of several forms, by its kind',
    { weights: { a: '1' } },
    'weights.a: found "1" (text), expected a number from 0 to 1',
  ],
  [
    'one of several maps, by its keys',
    { weights: { a: { paid: 1 } } },
    'weights.a: found no standard, expected the key standard',
  ],
  [
    'an unknown key in one of several maps',
    { weights: { a: { weight: 1, enabled: true, paid: 1 } } },
    'weights.a.paid: found the unknown key paid, expected weight, enabled; remove it',
  ],
  [
    'a value in one of several maps',
    { weights: { a: { weight: 1, enabled: 'no' } } },
    'weights.a.enabled: found "no" (text), expected true or false',
  ],
  [
    'a key of the wrong form',
    { weights: { a: 1, 7: 1 } },
    'weights.7: found the id 7, expected one that begins with a letter; rename it',
  ],
  ['what no single value shows', { name: 'b' }, 'name: found b, expected one of the weights'],
  [
    'that beside an unknown key',
    { name: 'b', zzz: 1 },
    [
      'zzz: found the unknown key zzz, expected version, name, field, day, count, segment, tags, weights; remove it',
      'name: found b, expected one of the weights',
    ],
  ],
])('%s is told', (_, change, expected) => {
  expect(told(change)).toEqual([expected].flat());
});

it('A member of every object is a key like another', () => {
  const document: unknown = JSON.parse('{"a": 0.5, "__proto__": 2}');
  expect(told({ weights: document })).toEqual([
    'weights.__proto__: found the id __proto__, expected one that begins with a letter; rename it',
    'weights.__proto__: found 2, expected a number from 0 to 1',
  ]);
  expect(told(JSON.parse('{"constructor": 1}') as object)).toHaveLength(1);
});

it('What is no map at all is told at the root, and a missing key at the map that lacks it', () => {
  expect(readBySchema(schema, [], { where: (path) => `at ${path.length}` }).problems).toEqual([
    { where: 'at 0', found: 'a list', expected: 'a map of keys and values', fix: undefined },
  ]);
  const without = Object.fromEntries(Object.entries(right).filter(([key]) => key !== 'day'));
  expect(readBySchema(schema, without, { where: (path) => path.join('.') || 'the file' }).problems).toEqual([
    { where: 'the file', found: 'no day', expected: 'the key day', fix: undefined },
  ]);
});

it.each([
  [z.number(), 'a number'],
  [z.number().min(2), 'a number of at least 2'],
  [z.number().max(2), 'a number of at most 2'],
  [wholeNumber(0, 5), 'a whole number from 0 to 5'],
  [z.literal(['a', 'b']), 'a, b'],
  [z.string().optional(), 'a text'],
  [z.array(z.number()).nullable(), 'a list'],
])('%# a schema says by its kind what it expects', (of, expected) => {
  expect(readBySchema(of, {}, { where: () => '' }).problems).toMatchObject([{ found: 'a map', expected }]);
});

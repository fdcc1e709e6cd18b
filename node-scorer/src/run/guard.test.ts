import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { downSources, shortfallsOf } from './guard.ts';

const lost = ['csat_score'];
const nothing: string[] = [];

describe('a source that is down for the run', () => {
  it.each([
    [[lost, nothing, nothing], ['intercom']],
    [[lost, nothing, nothing, nothing], []],
    // Just the share is too many, and nobody at all is nobody.
    [[lost, lost, lost, ...Array<string[]>(7).fill(nothing)], ['intercom']],
    [[lost, lost, ...Array<string[]>(8).fill(nothing)], []],
    [[nothing, nothing], []],
    [[], []],
    [[['open_bugs', 'csat_score']], ['intercom', 'jira']],
  ])('when 30 %% of the accounts lost a reading: %j → %j', (accounts, down) => {
    expect(downSources(accounts, CATALOGUE, 0.3)).toEqual(down);
  });

  it.each([
    [0, [], []],
    [0, [nothing, nothing], []],
    [1, [lost, lost], ['intercom']],
    [1, [lost, nothing], []],
  ])('at a share of %d: %j → %j', (share, accounts, down) => {
    expect(downSources(accounts, CATALOGUE, share)).toEqual(down);
  });

  it('is not one of which only context was lost', () => {
    const weighted = CATALOGUE.filter(({ contextOnly }) => contextOnly !== true);
    expect(downSources([['total_conversations']], weighted, 0.3)).toEqual([]);
  });
});

describe('what a run fell short of', () => {
  it.each([
    [[nothing, nothing], [], []],
    [[lost, nothing, nothing, nothing], [], ['intercom (1 of 4 accounts)']],
    [[lost, lost, ['open_bugs']], ['intercom'], ['intercom', 'jira (1 of 3 accounts)']],
    // What is shown for context only was not read either.
    [[['total_conversations']], [], ['intercom (1 of 1 accounts)']],
  ])('%j, of which %j is down → %j', (accounts, down, told) => {
    expect(shortfallsOf(accounts, down)).toEqual(told);
  });
});

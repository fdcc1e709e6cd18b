import { beforeEach, describe, expect, it } from 'vitest';
import type { View } from './conversation.ts';
import { makeScroll } from './scroll.ts';
import { baseOf, customer, NOW } from './small-base.ts';
import { makeWorkspace } from './workspace.ts';

const many = Array.from({ length: 150 }, (_, index) => customer(index, index === 7 ? { contacts: [] } : {}));
const view: View = { workspace: makeWorkspace(baseOf(...many)), now: NOW / 1_000, version: 16 };

describe('a scroll over 150 companies', () => {
  let now: number;
  let scroll: (param?: string) => { data: { company_id: string }[]; scroll_param: string };
  beforeEach(() => {
    now = NOW;
    const answer = makeScroll(() => now);
    scroll = (param) =>
      answer(
        { query: new URLSearchParams(param === undefined ? {} : { scroll_param: param }) },
        view,
      ) as ReturnType<typeof scroll>;
  });

  it('gives each of them once, those without people too, then an empty page, and is over', () => {
    const first = scroll();
    const pages = [first, scroll(first.scroll_param), scroll(first.scroll_param)];
    expect(pages.map(({ data }) => data.length)).toEqual([100, 50, 0]);
    expect(pages.flatMap(({ data }) => data.map(({ company_id }) => company_id))).toEqual(
      many.map(({ intercomExternalId }) => intercomExternalId),
    );
    expect(() => scroll(first.scroll_param)).toThrow('scroll parameter not found');
    expect(scroll().data).toHaveLength(100);
  });

  it('keeps others out while it is open', () => {
    scroll();
    expect(() => scroll()).toThrow('scroll already exists for this workspace');
  });

  it.each([
    [60, 50],
    [61, null],
  ])('unused for %i s goes on with %s companies', (idle, expected) => {
    const { scroll_param } = scroll();
    now += idle * 1_000;
    if (expected === null) expect(() => scroll(scroll_param)).toThrow('scroll parameter not found');
    else expect(scroll(scroll_param).data).toHaveLength(expected);
  });

  it('that nobody began is not found', () => {
    expect(() => scroll('another')).toThrow('scroll parameter not found');
  });
});

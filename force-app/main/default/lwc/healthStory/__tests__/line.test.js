import { pathThrough, smallLine } from '../line';

describe('A small line', () => {
  it.each([
    ['a rise', [50, 100], 'M2.0 14.0 L58.0 2.0'],
    ['a gap', [50, null, 60], 'M2.0 14.0 M58.0 2.0'],
    ['less than ten points as little', [50, 51], 'M2.0 14.0 L58.0 12.8'],
    ['nothing of one month', [50], ''],
  ])('draws %s', (_what, scores, path) => {
    expect(smallLine(scores)).toBe(path);
  });
});

describe('A line with gaps', () => {
  it('starts anew after each gap', () => {
    expect(pathThrough([[0, 0], [1, 1], null, [3, 3]])).toBe('M0.0 0.0 L1.0 1.0 M3.0 3.0');
  });
});

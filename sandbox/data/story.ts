import type { Story } from './customer.ts';

/** Every twenty customers tell these stories, so that a base of any size has all of them. */
const TWENTY: readonly Story[] = [
  'steady champion',
  'steady champion',
  'slow decline',
  'steady champion',
  'support crisis',
  'steady champion',
  'silent customer',
  'steady champion',
  'recovering',
  'steady champion',
  'slow decline',
  'steady champion',
  'new customer',
  'steady champion',
  'churned',
  'slow decline',
  'steady champion',
  'support crisis',
  'recovering',
  'steady champion',
];

/** Months of silence that a silent customer has behind it in the last complete month. */
export const SILENT_MONTHS = 2;

export const storyOf = (index: number): Story => TWENTY[index % TWENTY.length] ?? 'steady champion';

/** How well things go, 0 to 1, some months before the last one. */
export interface Level {
  readonly support: number;
  readonly usage: number;
  readonly relationship: number;
}

/**
 * The level of a story in a month.
 *
 * @param ago months before the running one: 0 is the running month
 * @example levelOf('support crisis', 1).support // => 0.2
 */
export function levelOf(story: Story, ago: number): Level {
  const all = (level: number): Level => ({ support: level, usage: level, relationship: level });
  const fading = Math.max(0.15, 0.9 - 0.07 * Math.max(0, 10 - ago));
  switch (story) {
    case 'steady champion':
      return all(0.88);
    case 'slow decline':
      return all(fading);
    case 'support crisis':
      return { support: ago <= 3 ? 0.2 : 0.85, usage: 0.75, relationship: ago <= 3 ? 0.5 : 0.8 };
    case 'silent customer':
      return { support: 0.8, usage: 0.7, relationship: ago <= SILENT_MONTHS + 1 ? 0.3 : 0.75 };
    case 'new customer':
      return { support: 0.75, usage: 0.6, relationship: 0.6 };
    case 'recovering':
      return all(Math.min(0.85, 0.3 + 0.07 * Math.max(0, 9 - ago)));
    case 'churned':
      return all(Math.max(0.15, 0.9 - 0.08 * Math.max(0, 12 - ago)));
  }
}

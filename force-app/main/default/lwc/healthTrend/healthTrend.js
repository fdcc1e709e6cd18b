import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';
import { TREND_SIZE } from 'c/healthStory';

const { width, height, left, right, top, bottom } = TREND_SIZE;

/** Thirteen months as a line with marks for rules, signals and outages; the same as a table on demand. */
export default class HealthTrend extends LightningElement {
  labels = {
    columnChange: LABELS.columnChange,
    columnMonth: LABELS.columnMonth,
    columnScore: LABELS.columnScore,
    columnTier: LABELS.columnTier,
    columnWhy: LABELS.columnWhy,
    trendTitle: LABELS.trendTitle,
  };
  viewBox = `0 0 ${width} ${height}`;
  lineFrom = left;
  lineTo = width - right;
  lettersAt = height - 6;
  signalAt = top - 6;
  markText = 10;
  markTop = top - 4;
  markEnd = height - bottom;
  outageHeight = height - bottom - top;
  asTable = false;

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['trend'] | undefined} */
  @api trend;

  get marks() {
    return (this.trend?.marks ?? []).map(({ id, x, label, kind }) => ({
      id,
      x,
      label,
      left: x - 6,
      isRules: kind === 'rules',
      isOutage: kind === 'outage',
      diamond: `M${x} ${top - 10} l4 4 l-4 4 l-4 -4 z`,
      isSignal: kind === 'signal',
    }));
  }

  /** Each kind of mark once, in words: the drawing alone would be a riddle. */
  get kinds() {
    const signs = { rules: '┊', outage: '▨', signal: '◆' };
    const kinds = new Map((this.trend?.marks ?? []).map(({ kind, label }) => [kind, label]));
    return [...kinds].map(([kind, label]) => ({ id: kind, label: `${signs[kind]} ${label}` }));
  }

  get toggleLabel() {
    return this.asTable ? LABELS.showAsLine : LABELS.showAsTable;
  }

  toggle() {
    this.asTable = !this.asTable;
  }
}

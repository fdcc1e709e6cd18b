/**
 * A raw value as people say it: at most one decimal (ratios two), response times in hours and minutes.
 *
 * @param unit from the model's thresholds
 * @example formatValue(8700, 'seconds') // => '2 h 25 min'
 * @example formatValue(-7.04, 'percent') // => '−7 %'
 */
export function formatValue(value: number, unit: string): string {
  if (unit === 'seconds') return formatDuration(value);
  const text = formatNumber(value, unit === 'ratio' ? 2 : 1);
  switch (unit) {
    case 'percent':
      return `${text} %`;
    case 'days':
      return `${text} ${text === '1' ? 'day' : 'days'}`;
    case 'per week':
      return `${text} a week`;
    case 'count':
    case 'score':
    case 'ratio':
      return text;
    default:
      return `${text} ${unit}`;
  }
}

/**
 * A number with at most so many decimals and a real minus sign.
 *
 * @example formatNumber(-1.26, 1) // => '−1.3'
 */
export function formatNumber(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  const scaled = value * factor;
  // Beyond all sense, but finite: it stays what it is.
  const rounded = Number.isFinite(scaled) ? Math.round(scaled) / factor + 0 : value;
  return String(rounded).replace('-', '−');
}

/**
 * Points with their sign and one decimal.
 *
 * @example formatPoints(-4.5) // => '−4.5'
 */
export const formatPoints = (points: number): string =>
  `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points).toFixed(1)}`;

function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  const size = Math.abs(seconds);
  if (size < 60) return `${sign}${formatNumber(size, 1)} s`;
  // Whole minutes from a minute on: nobody reads a median of hours to the second.
  const minutes = Math.round(size / 60);
  const parts = [Math.floor(minutes / 60), minutes % 60];
  const text = [parts[0] ? `${parts[0]} h` : '', parts[1] ? `${parts[1]} min` : ''].filter(Boolean).join(' ');
  return `${sign}${text}`;
}

// Source: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm

/** API versions that this org answers: what a Winter '27 org serves. */
const OLDEST = 31;
const NEWEST = 68;

/** @example seasonOf(66) // => "Spring '26" */
export function seasonOf(version: number): string {
  const sinceSpring26 = version - 66;
  const season = ['Spring', 'Summer', 'Winter'][((sinceSpring26 % 3) + 3) % 3] ?? '';
  const year = 26 + Math.floor(sinceSpring26 / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}

/** Answer of GET /services/data, which needs no token. */
export const versions = (): { label: string; url: string; version: string }[] =>
  Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => OLDEST + i).map((n) => ({
    label: seasonOf(n),
    url: `/services/data/v${n}.0`,
    version: `${n}.0`,
  }));

/** @example isServed('50.0') // => true */
export const isServed = (version: string): boolean =>
  /^\d+\.0$/.test(version) && Number(version) >= OLDEST && Number(version) <= NEWEST;

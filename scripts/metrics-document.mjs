/** The page of metrics, from the catalogue: one declaration feeds the code and what people read. */
import { format, resolveConfig } from 'prettier';
import { CATALOGUE } from '../node-scorer/src/metrics/catalogue.ts';
import { metricsPage } from '../node-scorer/src/metrics/metrics-page.ts';

export const METRICS_PAGE = 'docs/METRICS.md';

/**
 * @param {string} root directory of the repository
 * @returns {Promise<string>} the page's text
 */
export async function metricsDocument(root) {
  const options = await resolveConfig(`${root}/${METRICS_PAGE}`);
  return format(metricsPage(CATALOGUE), { ...options, parser: 'markdown' });
}

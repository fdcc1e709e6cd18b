import { pageData } from './page-data.js';

/**
 * Asks the local org through the page server, which adds the session of the chosen user.
 *
 * @param {string} path below `/services/data/vNN.0/`, or an absolute one
 * @param {{ method?: string, body?: unknown }} [options]
 * @returns {Promise<{ ok: boolean, status: number, body: any }>}
 */
export async function request(path, { method = 'GET', body } = {}) {
  const url = path.startsWith('/') ? path : `/services/data/v${pageData.apiVersion}/${path}`;
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { ok: response.ok, status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The stored scores of a period as a person reads them: read from the org, nothing taken from the run. */
const ORDER = ['Critical', 'At Risk', 'Healthy', 'Champion'];

export type Row = Readonly<Record<string, unknown>>;
export type Query = (soql: string) => Promise<Row[]>;

/** A plain client of the org's REST API, so that what is printed is what anybody can read. */
export async function readOrg(env: Readonly<Record<string, string>>): Promise<Query> {
  const login = env['SF_LOGIN_URL'] ?? '';
  const response = await fetch(`${login}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env['SF_CLIENT_ID'] ?? '',
      client_secret: env['SF_CLIENT_SECRET'] ?? '',
    }),
  });
  const { access_token: token, instance_url: instance } = (await response.json()) as {
    access_token: string;
    instance_url: string;
  };
  return async (soql) => {
    const rows: Row[] = [];
    let path: string | undefined = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    while (path !== undefined) {
      const answer = await fetch(`${instance}${path}`, { headers: { Authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`${soql}: status ${answer.status} ${await answer.text()}`);
      const page = (await answer.json()) as { records: Row[]; nextRecordsUrl?: string };
      rows.push(...page.records);
      path = page.nextRecordsUrl;
    }
    return rows;
  };
}

const number = (value: unknown): string => (typeof value === 'number' ? value.toFixed(1) : '–');
const change = (value: unknown): string =>
  typeof value === 'number' ? `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}` : '';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Worst tier first, lowest score first; accounts without a score last. */
export function portfolioTable(rows: readonly Row[]): string {
  const rank = (row: Row) => {
    const tier = ORDER.indexOf(text(row['Tier__c']));
    return tier === -1 ? ORDER.length : tier;
  };
  const sorted = rows.toSorted(
    (a, b) => rank(a) - rank(b) || Number(a['Health_Score__c']) - Number(b['Health_Score__c']),
  );
  const cells = sorted.map((row) => [
    text((row['Account__r'] as Row | null)?.['Name']),
    text(row['Segment__c']),
    text(row['Tier__c']) || 'no score',
    number(row['Health_Score__c']),
    change(row['Change__c']),
    row['Provisional__c'] === true
      ? `${number(row['Band_Low__c'])}–${number(row['Band_High__c'])} provisional`
      : '',
    `${number(row['Coverage__c'])} %`,
    text(row['Main_Reason__c']),
  ]);
  const head = ['Account', 'Segment', 'Tier', 'Score', 'Change', 'Could be', 'Known', 'Main reason'];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => ([3, 4, 6].includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[line(head), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n')}\n`;
}

import type { SalesforceSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Known } from '../../facts/index.ts';
import { checkSignal, type Signal } from '../../scoring/index.ts';
import type { Note } from '../extraction.ts';
import { byAccount, makeObjectReader, SALESFORCE, toDay, toText } from './access.ts';
import type { Row, SalesforceReader } from './client.ts';
import type { Population } from './soql.ts';

const CATEGORY = 'Signal_Category__c';
const FIELDS = {
  severity: 'Severity__c',
  status: 'Status__c',
  confidence: 'Confidence__c',
  observedOn: 'Date_Observed__c',
  monitoringFrom: 'Monitoring_From__c',
  resolvedOn: 'Resolved_On__c',
  expiresOn: 'Expires_On__c',
} as const;

export interface SignalsRead {
  /** Signals of an account, or that they could not be read: then it gets no score (docs/glossary.md). */
  readonly of: (accountId: string) => Known<readonly Signal[]>;
  readonly notes: readonly Note[];
}

/**
 * All signals of the population; the core decides by their dates which of them count.
 * An account with a signal that cannot be understood is unreadable as a whole: ignoring it could lift a cap.
 *
 * @throws ScorerError SOURCE_REFUSED when the org refuses the credentials, SOURCE_SETTINGS when object or fields are hidden
 */
export async function readSignals(
  client: SalesforceReader,
  settings: SalesforceSource,
  population: Population,
): Promise<SignalsRead> {
  const reader = makeObjectReader(client, population);
  const { object, account, where } = settings.signals;
  const rows = await reader.read({
    purpose: 'signals',
    object,
    account,
    fields: ['Id', ...Object.values(FIELDS)],
    optional: CATEGORY,
    where: () => [where],
    orderBy: 'Id',
    required: true,
  });
  const notes: Note[] = [...reader.notes];
  if ('missing' in rows && rows.missing !== 'source_down') {
    // Waiting does not help: somebody must deploy the object or grant access to it.
    throw new ScorerError('SOURCE_SETTINGS', reader.notes.map(({ message }) => message).join('; '));
  }
  if ('missing' in rows) return { of: () => rows, notes };

  const signals = new Map<string, Known<readonly Signal[]>>();
  for (const [id, group] of byAccount(rows.known, account)) {
    try {
      signals.set(id, { known: group.map(toSignal) });
    } catch (error) {
      if (!(error instanceof ScorerError)) throw error;
      notes.push({ source: SALESFORCE, code: error.code, message: error.message, accountId: id });
      signals.set(id, { missing: 'invalid' });
    }
  }
  return { of: (id) => signals.get(id) ?? { known: [] }, notes };
}

/**
 * A signal row as the core takes it.
 *
 * @throws ScorerError SOURCE_UNEXPECTED naming record and field
 */
export function toSignal(row: Row): Signal {
  const id = toText(row['Id']) ?? '?';
  const word = (field: string): string | undefined => toText(row[field])?.toLowerCase();
  const category = toText(row[CATEGORY]);
  const candidate = {
    id,
    ...(category === null ? {} : { category }),
    severity: word(FIELDS.severity),
    status: word(FIELDS.status),
    confidence: word(FIELDS.confidence),
    observedOn: toDay(row[FIELDS.observedOn]),
    monitoringFrom: toDay(row[FIELDS.monitoringFrom]),
    resolvedOn: toDay(row[FIELDS.resolvedOn]),
    expiresOn: toDay(row[FIELDS.expiresOn]),
  };
  const problems = checkSignal(candidate);
  if (problems.length > 0) {
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `signal ${id}: ${problems.join('; ')}; correct the record in Salesforce`,
    );
  }
  return candidate as Signal;
}

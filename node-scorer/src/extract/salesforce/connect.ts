import { makeRetryBudget } from '../../http/retry-budget.ts';
import type { SalesforceCredentials } from '../../http/salesforce-sign-in.ts';
import { connectSalesforce, type Salesforce } from '../../http/salesforce.ts';
import { makeAttempt } from '../../http/send.ts';
import type { Runtime } from '../../http/transport.ts';

/**
 * Signs in to an org, with retries of its own.
 *
 * @throws ScorerError as {@link connectSalesforce}
 * @example await (await connect(credentials, runtime)).query('SELECT Id FROM Account')
 */
export const connect = (credentials: SalesforceCredentials, runtime: Runtime): Promise<Salesforce> =>
  connectSalesforce({
    // Before the runtime, which may bring a way of its own.
    attempt: makeAttempt(),
    ...runtime,
    sleep: async (ms) => void (await runtime.sleep(ms)),
    credentials,
    retries: makeRetryBudget(),
  });

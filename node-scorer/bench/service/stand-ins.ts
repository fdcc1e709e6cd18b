/**
 * All four stand-ins in a process of their own, with a Jira that takes its time, so that one run lasts as long as
 * the benchmark. Tells its parent the environment that reaches them.
 */
import { startSandbox } from '../../../sandbox/start.ts';

const JIRA_MS = 25_000;

const sandbox = await startSandbox({ port: 0 });
sandbox.jira.faults.add({ kind: 'delay', ms: JIRA_MS });
// Outside of the sandbox there is no clock to ask before each start.
process.send?.({ ...sandbox.env, SCORER_CLOCK_URL: '' });
process.on('disconnect', () => process.exit());

/** `npm run bench customers`: a base of 100,000 customers, one by one, and what of it stays in memory. */
import { customers } from '../../sandbox/data/generate.ts';

const ACCOUNTS = 100_000;
const EVERY = 20_000;
const MB = 1e6;

const begun = performance.now();
let seen = 0;
let conversations = 0;
let issues = 0;
const options = { seed: 1, accounts: ACCOUNTS, months: 24, now: Date.parse('2026-11-21T09:00:00Z') };
for (const customer of customers(options)) {
  conversations += customer.conversations.length;
  issues += customer.issues.length;
  if (++seen % EVERY > 0) continue;
  const resident = process.memoryUsage.rss() / MB;
  process.stdout.write(
    `${seen.toLocaleString('en').padStart(7)} customers in ${((performance.now() - begun) / 1_000).toFixed(1)} s, resident ${resident.toFixed(0)} MB\n`,
  );
}
const peak = (process.resourceUsage().maxRSS * 1_024) / MB;
process.stdout.write(
  `${conversations.toLocaleString('en')} conversations, ${issues.toLocaleString('en')} issues; peak ${peak.toFixed(0)} MB\n`,
);

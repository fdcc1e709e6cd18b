/** Writes so many input lines of `scorer score` to standard output: `node bench/write-lines.ts 1000000`. */
import { once } from 'node:events';
import { join } from 'node:path';
import { loadModel } from '../src/config/load.ts';
import { makeAccounts } from './accounts.ts';

const count = Number(process.argv[2] ?? 1000);
const { model } = await loadModel(join(import.meta.dirname, '../../config'));
const BATCH = 1000;
for (let done = 0; done < count; done += BATCH) {
  let text = '';
  for (const account of makeAccounts(model, Math.min(BATCH, count - done), done)) {
    const { accountId, name, segment, period, readings, signals } = account;
    const metrics = Object.fromEntries(Object.entries(readings).map(([id, reading]) => [id, reading?.value]));
    const missing = Object.fromEntries(
      Object.entries(readings).flatMap(([id, reading]) => (reading?.missing ? [[id, reading.missing]] : [])),
    );
    text += `${JSON.stringify({ accountId, name, segment, period, metrics, missing, signals })}\n`;
  }
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes what is generated from other files of this repository. `npm run generate`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cardModules } from './card-modules.mjs';
import { REGISTRATION, registration } from './external-service.ts';
import { METRICS_PAGE, metricsDocument } from './metrics-document.mjs';
import { ACCEPTANCE_PAGE, acceptancePage } from './org-assumptions.ts';
import { scoringCore, TARGET } from './scoring-core.mjs';

const root = join(import.meta.dirname, '..');
const META = `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>false</isExposed>
    <masterLabel>Scoring core</masterLabel>
    <description>The scoring core of the customer health score, generated from the scorer's own source.</description>
</LightningComponentBundle>
`;

const file = join(root, TARGET);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, await scoringCore(root));
await writeFile(`${file}-meta.xml`, META);
process.stdout.write(`${TARGET}: written\n`);
await writeFile(join(root, METRICS_PAGE), await metricsDocument(root));
process.stdout.write(`${METRICS_PAGE}: written\n`);
await writeFile(join(root, ACCEPTANCE_PAGE), await acceptancePage(root));
process.stdout.write(`${ACCEPTANCE_PAGE}: written\n`);
await writeFile(join(root, REGISTRATION), registration());
process.stdout.write(`${REGISTRATION}: written\n`);
for (const [path, text] of await cardModules(root)) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  process.stdout.write(`${path}: written\n`);
}

/**
 * Gives Lightning components in jest the texts of their custom labels, as an org would: without it each would read its
 * own name, and no test could see what a person reads. A label that is not in the metadata keeps its name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, readXml, textOf } from 'local-org/metadata/xml';

const file = join(__dirname, '../force-app/main/default/labels/CustomLabels.labels-meta.xml');

for (const label of all(readXml(readFileSync(file, 'utf8')), 'labels'))
  jest.doMock(
    `@salesforce/label/c.${textOf(label, 'fullName')}`,
    () => ({ __esModule: true, default: textOf(label, 'value') }),
    { virtual: true },
  );

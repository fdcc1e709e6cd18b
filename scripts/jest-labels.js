/**
 * Gives Lightning components in jest the texts of their custom labels, as an org would: without it each would read its
 * own name, and no test could see what a person reads. A label that is not in the metadata keeps its name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const file = join(__dirname, '../force-app/main/default/labels/CustomLabels.labels-meta.xml');
const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false });

for (const { fullName, value } of parser.parse(readFileSync(file, 'utf8')).CustomLabels.labels)
  jest.doMock(`@salesforce/label/c.${fullName}`, () => ({ __esModule: true, default: value }), {
    virtual: true,
  });

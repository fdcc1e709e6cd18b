import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Project } from '../../scripts/metadata/project.ts';
import { readProject } from '../../scripts/metadata/project.ts';
import { smallApp } from '../org/small-app.ts';

/** A clean component with one of everything that the checks of components look at. */
const CARD = `import { LightningElement, api, wire } from 'lwc';
import { executeMutation, gql, graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import VALUE from '@salesforce/schema/Score__c.Value__c';
import OWNER from '@salesforce/schema/Account.Owner.Name';
import TITLE from '@salesforce/label/c.Title';
import canRun from '@salesforce/customPermission/Run_Scores';
import userId from '@salesforce/user/Id';
import { addDays } from 'c/scoringCore';
import { shout } from 'c/words';

const QUERY = gql\`query Score($id: ID) { uiapi { query { Score__c(where: { Id: { eq: $id } }) { totalCount } } } }\`;

export default class Card extends NavigationMixin(LightningElement) {
  /** @type {string | undefined} */
  @api size;
  /** @type {string | undefined} */
  @api recordId;

  /** @type {import('lightning/graphql').GraphqlResult | undefined} */
  @wire(graphql, { query: QUERY, variables: '$variables' })
  result;

  title = shout(TITLE);
  mayRun = canRun === true;
  fields = [VALUE.fieldApiName, OWNER.fieldApiName];

  get variables() {
    return { id: this.recordId, me: userId };
  }

  get tomorrow() {
    return addDays('2026-10-31', 1);
  }

  async handleSave() {
    const { errors } = await executeMutation({ query: QUERY });
    if (errors) this.dispatchEvent(new ShowToastEvent({ title: this.title, message: errors[0]?.message ?? '' }));
    else this[NavigationMixin.Navigate]({ type: 'standard__namedPage', attributes: { pageName: 'home' } });
    await this.result?.refresh?.();
  }
}
`;
const TEMPLATE = `<template>
  <lightning-card title={title} icon-name="standard:account">
    <lightning-icon icon-name="utility:warning" alternative-text="Warning" size="x-small"></lightning-icon>
    <p class="text">{tomorrow}</p>
  </lightning-card>
</template>
`;
const STYLE = `@import 'c/looks';
.text {
  color: var(--slds-g-color-on-surface-1, #2e2e2e);
}
`;
const LOOKS = `.quiet {
  text-align: start;
}
`;
const WORDS = `/**
 * @param {string} text
 * @returns {string} in capitals
 */
export const shout = (text) => text.toUpperCase();
`;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const SERVICE_META = `${HEAD}<LightningComponentBundle ${NS}><apiVersion>66.0</apiVersion><isExposed>false</isExposed></LightningComponentBundle>\n`;
const LABELS = `${HEAD}<CustomLabels ${NS}><labels><fullName>Title</fullName><language>en_US</language><protected>true</protected><shortDescription>Title</shortDescription><value>Score</value></labels></CustomLabels>\n`;
const PERMISSION = `${HEAD}<CustomPermission ${NS}><isLicensed>false</isLicensed><label>Run scores</label></CustomPermission>\n`;
/** Breaks every rule for what people write; what is generated is not held to them. */
const CORE = `/*
 * Generated from node-scorer/src/scoring/index.ts by npm run generate. Change the source, not this file:
 */
export function addDays(day, days) { if (days == 0) return day; else return day + days; }
`;

export const CARD_JS = 'app/lwc/card/card.js';
export const CARD_HTML = 'app/lwc/card/card.html';
export const CARD_CSS = 'app/lwc/card/card.css';

/** The small app with two components, a style sheet for both, a label and a custom permission. */
export const componentApp = (): Map<string, string> =>
  new Map([
    ...smallApp(),
    [CARD_JS, CARD],
    [CARD_HTML, TEMPLATE],
    [CARD_CSS, STYLE],
    ['app/lwc/words/words.js', WORDS],
    ['app/lwc/words/words.js-meta.xml', SERVICE_META],
    ['app/lwc/looks/looks.css', LOOKS],
    ['app/lwc/looks/looks.js-meta.xml', SERVICE_META],
    ['app/lwc/scoringCore/scoringCore.js', CORE],
    ['app/lwc/scoringCore/scoringCore.js-meta.xml', SERVICE_META],
    ['app/labels/CustomLabels.labels-meta.xml', LABELS],
    ['app/customPermissions/Run_Scores.customPermission-meta.xml', PERMISSION],
  ]);

/** Exchanges one text of a file for another; a defect that changes nothing would prove nothing. */
export function exchanged(
  app: Map<string, string>,
  file: string,
  from: string,
  to: string,
): Map<string, string> {
  const before = app.get(file) ?? '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to change in ${file}: ${from}`);
  return new Map(app).set(file, after);
}

/** Writes the app to a directory of its own, for tools that read the disk, and hands on the project read back. */
export async function onDisk<Answer>(
  app: Map<string, string>,
  use: (project: Project, directory: string) => Answer | Promise<Answer>,
): Promise<Answer> {
  const directory = mkdtempSync(join(tmpdir(), 'components-'));
  try {
    for (const [path, text] of app) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return await use(readProject([directory]), directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

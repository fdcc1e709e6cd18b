import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkTypes } from '../../scripts/metadata/lightning/check-types.ts';
import { compileComponents } from '../../scripts/metadata/lightning/compile.ts';
import { checkIcons } from '../../scripts/metadata/lightning/icons.ts';
import { lintComponents } from '../../scripts/metadata/lightning/lint.ts';
import { lookAtComponents } from '../../scripts/metadata/lightning/side-by-side.ts';
import { projectOf } from '../../scripts/metadata/project.ts';
import { validate } from '../../scripts/metadata/validate.ts';
import { CARD_CSS, CARD_HTML, CARD_JS, componentApp, exchanged, onDisk } from './component-app.ts';

const messages = ({ findings }: { findings: { message: string }[] }): string[] =>
  findings.map(({ message }) => message);

describe('the compiler of types over components', { timeout: 300_000 }, () => {
  it('finds nothing in clean ones, and looked at those that people wrote', async () => {
    expect(await onDisk(componentApp(), checkTypes)).toEqual({ components: 2, findings: [] });
  });

  it.each([
    ['a field that does not exist', 'Score__c.Value__c', 'Score__c.Valu__c', 'schema/Score__c.Valu__c'],
    ['a path that leads nowhere', 'Account.Owner.Name', 'Account.Ovner.Name', 'schema/Account.Ovner.Name'],
    ['a label that does not exist', 'c.Title', 'c.Titel', 'label/c.Titel'],
    [
      'a custom permission that does not exist',
      'Permission/Run_Scores',
      'Permission/Run',
      'customPermission/Run',
    ],
    [
      'a base module that we do not know',
      'lightning/platformShowToastEvent',
      'lightning/toastEvent',
      'lightning/toastEvent',
    ],
    ['a platform module that we do not know', '@salesforce/user/Id', '@salesforce/user/Name', 'user/Name'],
    ['a component that does not exist', 'c/words', 'c/wordz', 'c/wordz'],
    ['a wrong argument of another component', 'shout(TITLE)', 'shout(4)', 'TS2345'],
    ['a wrong argument of the scoring core', "addDays('2026-10-31', 1)", "addDays('2026-10-31')", 'TS2554'],
    ['a value that may be missing', 'errors[0]?.message', 'errors[0].message', 'TS2532'],
    ['a property that nothing declares', 'this.result?.refresh', 'this.reslut?.refresh', 'TS2551'],
    ['a type that is not said', '/** @type {string | undefined} */\n  @api size', '@api size', 'TS7008'],
    [
      'data of a query that nobody checked',
      'return { id: this.recordId',
      'return { id: this.result?.data.x',
      "of type 'unknown'",
    ],
  ])('finds %s', async (_, from, to, words) => {
    const found = messages(await onDisk(exchanged(componentApp(), CARD_JS, from, to), checkTypes));
    expect(found.filter((message) => message.includes(words))).not.toEqual([]);
  });

  it('says file and line', async () => {
    const app = exchanged(componentApp(), CARD_JS, 'shout(TITLE)', 'shout([TITLE])');
    const { findings } = await onDisk(app, checkTypes);
    const line =
      (app.get(CARD_JS) ?? '').split('\n').findIndex((text) => text.includes('shout([TITLE])')) + 1;
    expect(findings).toMatchObject([
      {
        file: expect.stringMatching(/card\.js$/) as string,
        message: expect.stringContaining(`line ${line}:`) as string,
      },
    ]);
  });
});

describe('Salesforce’s ESLint rules over components', { timeout: 300_000 }, () => {
  it('find nothing in clean ones, and looked at those that people wrote', async () => {
    expect(await onDisk(componentApp(), lintComponents)).toEqual({ components: 2, findings: [] });
  });

  it.each([
    ['the module of queries that is no longer to be used', 'lightning/graphql', 'lightning/uiGraphQLApi'],
    ['a look into the whole document', 'if (errors)', "document.querySelector('p'); if (errors)"],
    [
      'HTML from a text',
      'if (errors)',
      "this.template.querySelector('p').innerHTML = this.title; if (errors)",
    ],
    ['a comparison that converts', 'canRun === true', 'canRun == true'],
    ['import.meta', 'userId };', 'import.meta.url };'],
    ['a variable of no use', 'async handleSave() {', 'async handleSave() { const unused = 1;'],
  ])('find %s', async (_, from, to) => {
    const app = exchanged(componentApp(), CARD_JS, from, to);
    expect(messages(await onDisk(app, lintComponents))).not.toEqual([]);
  });

  it('look at tests of components too', async () => {
    const app = componentApp().set('app/lwc/card/__tests__/card.test.js', "it.only('works', () => {});\n");
    expect(messages(await onDisk(app, lintComponents))).not.toEqual([]);
  });
});

describe('the two compilers of components', () => {
  it('take clean ones', async () => {
    expect(await onDisk(componentApp(), compileComponents)).toEqual({ components: 4, findings: [] });
  });

  it.each([
    ['an expression in a template', CARD_HTML, '{tomorrow}', '{tomorrow + 1}'],
    ['a private method', CARD_JS, 'async handleSave()', 'async #handleSave()'],
    [
      'a component made at run time, without leave',
      CARD_HTML,
      '<p class="text">',
      '<lwc:component lwc:is={title}></lwc:component><p>',
    ],
    ['advice, such as a tag that is not known', CARD_HTML, '<p class="text">', '<blink></blink><p>'],
  ])('both refuse %s', async (_, file, from, to) => {
    const found = messages(await onDisk(exchanged(componentApp(), file, from, to), compileComponents));
    for (const version of ['9.4.3', '8.26.2'])
      expect(found.filter((message) => message.endsWith(`(compiler ${version})`))).not.toEqual([]);
  });
});

describe('icons of components', () => {
  it('are all known in clean ones', () => {
    expect(checkIcons(projectOf(componentApp()))).toEqual({ components: 4, findings: [] });
  });

  it.each([
    ['a template', CARD_HTML, 'standard:account', 'standard:portfolio'],
    ['a script', CARD_JS, 'result;', "result;\n  icon = 'utility:warnung';"],
  ])('are found in %s when SLDS has none of that name', (_, file, from, to) => {
    const { findings } = checkIcons(projectOf(exchanged(componentApp(), file, from, to)));
    expect(findings).toMatchObject([
      { file, message: expect.stringMatching(/^found icon (standard:portfolio|utility:warnung)/) as string },
    ]);
  });
});

describe('all checks of components side by side', { timeout: 300_000 }, () => {
  const look = (app: Map<string, string>, more?: (directory: string) => void) =>
    onDisk(app, (project, directory) => {
      more?.(directory);
      return lookAtComponents(project, [directory]);
    });

  it('find nothing in clean components, and say how many they looked at', async () => {
    expect(await look(componentApp())).toEqual({
      findings: [],
      remarks: ['types 2', 'eslint 2', 'compile 4', 'icons 4', 'slds 4', '0 warnings of the SLDS linter'],
    });
  });

  it('find one defect of each kind, and count what the SLDS linter only advises', async () => {
    const defects: [file: string, from: string, to: string][] = [
      [CARD_JS, 'shout(TITLE)', 'shout(4, TITLE)'],
      [CARD_JS, 'canRun === true', 'canRun == true'],
      [CARD_HTML, '{tomorrow}', '<blink>{tomorrow}</blink>'],
      [CARD_HTML, 'utility:warning', 'utility:warnung'],
      [CARD_HTML, 'class="text"', 'class="text slds-button--neutral"'],
      [CARD_CSS, 'color:', 'padding: 1rem;\n  color:'],
    ];
    const app = defects.reduce((before, defect) => exchanged(before, ...defect), componentApp());
    const { findings, remarks } = await look(app);
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual([
      'eslint',
      'icons',
      'lwc',
      'slds',
      'types',
    ]);
    expect(remarks).toContain('1 warnings of the SLDS linter');
  });

  it('do not pass a file that the SLDS linter left out', async () => {
    const { findings } = await look(componentApp(), (directory) =>
      writeFileSync(join(directory, '.gitignore'), 'card.css\n'),
    );
    expect(findings).toMatchObject([
      {
        file: expect.stringMatching(/card\.css$/) as string,
        message: expect.stringContaining('could not') as string,
      },
    ]);
  });

  it.each([
    ['a style sheet that does not exist', CARD_CSS, 'c/looks', 'c/lookz', 'found import of c/lookz'],
    ['a bundle with neither script nor style', 'app/lwc/looks/looks.css', '.quiet', '', 'found neither'],
  ])('find %s', (_, file, from, to, words) => {
    const app = exchanged(componentApp(), file, from, to);
    if (to === '') app.delete(file);
    expect(messages({ findings: validate(projectOf(app)) }).join('\n')).toContain(words);
  });

  it('make the command end 1', async () => {
    const app = exchanged(componentApp(), CARD_JS, 'c.Title', 'c.Titel');
    await onDisk(app, async (_, directory) => {
      const run = promisify(execFile)(process.execPath, [
        'scripts/validate-metadata.mjs',
        '--dir',
        directory,
      ]);
      await expect(run).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/label Titel[\s\S]*label\/c\.Titel[\s\S]*types 2/) as string,
      });
    });
  });
});

import { html, jsonScript } from './html.ts';
import type { Html } from './html.ts';
import type { LightningPage, Placed } from './lightning-page.ts';
import type { Person } from './people.ts';
import type { AccountRow, RecordHead } from './records.ts';

export type Appearance = 'light' | 'dark';

/** Languages that a reader can choose, with the locale that goes with each. */
export const LANGUAGES = {
  en_US: { label: 'English', locale: 'en-US', tag: 'en' },
  de: { label: 'Deutsch', locale: 'de-DE', tag: 'de' },
} as const;
export type Language = keyof typeof LANGUAGES;

/** What every page is made with. */
export interface Frame {
  readonly person: Person;
  readonly people: readonly Person[];
  readonly appearance: Appearance;
  readonly language: Language;
  /** Address of this page, to come back to. */
  readonly path: string;
  readonly now: string;
  readonly apiVersion: string;
  /** Changes with every build. */
  readonly buildKey: string;
}

const option = (value: string, label: string, chosen: string): Html =>
  value === chosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;

/** The sandbox speaking for itself: what this is, and what can be switched. No org has it. */
const strip = ({ person, people, appearance, language, path, now }: Frame): Html =>
  html` <form class="sandbox-strip" method="post" action="/sandbox/settings" aria-label="Sandbox">
    <strong>Local simulation, not Salesforce.</strong>
    <span>Fictional companies; the clock stands at ${now.slice(0, 16).replace('T', ' ')} UTC.</span>
    <input type="hidden" name="back" value="${path}" />
    <label
      >Look as
      <select name="person">
        ${people.map(({ key, label }) => option(key, label, person.key))}
      </select></label
    >
    <label
      >Appearance
      <select name="appearance">
        ${option('light', 'Light', appearance)}${option('dark', 'Dark', appearance)}
      </select></label
    >
    <label
      >Language
      <select name="language">
        ${Object.entries(LANGUAGES).map(([key, { label }]) => option(key, label, language))}
      </select></label
    >
    <button type="submit">Switch</button>
  </form>`;

const navigation = html` <header class="page-top">
  <span class="page-app">Customer Health</span>
  <nav aria-label="Customer Health"><a href="/lightning/o/Account/list">Accounts</a></nav>
</header>`;

/** A whole page around its content. */
export function page(frame: Frame, title: string, content: Html, reference: object | null): string {
  const { person, appearance, language, now, apiVersion, buildKey } = frame;
  const data = {
    user: {
      id: person.userId,
      name: person.label,
      customPermissions: person.customPermissions,
      timeZone: 'GMT',
      language,
      locale: LANGUAGES[language].locale,
    },
    reference,
    apiVersion,
    now,
  };
  return html`<!doctype html>
    <html
      lang="${LANGUAGES[language].tag}"
      class="${appearance === 'dark' ? 'slds-color-scheme_dark' : 'slds-color-scheme_light'}"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Customer Health (local simulation)</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sandbox/${buildKey}/slds.css" />
        <link rel="stylesheet" href="/sandbox/${buildKey}/page.css" />
        <script type="application/json" id="sandbox-page">
          ${jsonScript(data)}
        </script>
        <script defer src="/sandbox/${buildKey}/shadow.js"></script>
        <script defer src="/sandbox/${buildKey}/app.js"></script>
      </head>
      <body class="${appearance === 'dark' ? 'slds-color-scheme_dark' : 'slds-color-scheme_light'}">
        ${strip(frame)} ${navigation}
        <main class="page-main">${content}</main>
        <div id="sandbox-toasts" class="page-toasts"></div>
      </body>
    </html>`.text;
}

export const accountList = (rows: readonly AccountRow[]): Html =>
  html` <section class="page-panel">
    <h1 class="slds-text-heading_medium">Accounts</h1>
    ${
      rows.length === 0
        ? html`<p>There are no accounts that you may see.</p>`
        : html`<table class="slds-table slds-table_cell-buffer slds-table_bordered">
            <thead>
              <tr>
                <th scope="col">Account</th>
                <th scope="col">Tier</th>
                <th scope="col">Score</th>
                <th scope="col">Main reason</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                ({ id, name, tier, score, reason }) =>
                  html` <tr>
                    <th scope="row"><a href="/lightning/r/Account/${id}/view">${name}</a></th>
                    <td>${tier}</td>
                    <td>${score}</td>
                    <td>${reason}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;

const head = ({ object, title, fields }: RecordHead, label: string): Html =>
  html` <header class="page-panel page-head">
    <p class="page-object">${label}</p>
    <h1 class="slds-text-heading_medium">${title}</h1>
    <dl class="page-fields" data-object="${object}">
      ${fields.map(
        (field) =>
          html`<div>
            <dt>${field.label}</dt>
            <dd>${field.value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;

const MAIN = ['main', 'leftcol', 'left'];
const SIDE = ['sidebar', 'rightcol', 'right'];
/** Components of the platform that the head of our page stands for. */
const SHOWN_BY_HEAD = new Set(['force:highlightsPanel', 'force:highlightsPanelCollapsed']);

/** Components of one region. */
function region(layout: LightningPage, name: string, record: RecordHead): Html[] {
  return (layout.regions.get(name) ?? []).map((placed) => component(layout, placed, record));
}

function component(layout: LightningPage, placed: Placed, record: RecordHead): Html {
  const { component: name, properties } = placed;
  if (name.startsWith('c:')) {
    const given = { ...properties, recordId: record.id, objectApiName: record.object };
    return html`<div
      class="page-component"
      data-component="${name}"
      data-properties="${JSON.stringify(given)}"
    ></div>`;
  }
  if (SHOWN_BY_HEAD.has(name)) return html``;
  if (name === 'flexipage:tabset') return tabs(layout, properties['tabs'] ?? '', record);
  const list = properties['relatedListApiName'];
  return html`<p class="page-standard">
    Salesforce shows <code>${name}</code> here${list === undefined ? '' : `, the list ${list}`}. The local
    page does not have it.
  </p>`;
}

/** A tab set: the tabs of one facet, the one marked active (else the first) in view. */
function tabs(layout: LightningPage, facet: string, record: RecordHead): Html {
  const all = layout.regions.get(facet) ?? [];
  const other = all.find(({ component: name }) => name !== 'flexipage:tab');
  if (other) throw new Error(`${layout.name}: found ${other.component} among tabs, which is not modelled`);
  const marked = all.findIndex(({ properties }) => properties['active'] === 'true');
  const active = marked < 0 ? 0 : marked;
  const id = (n: number): string => `${facet}-${n}`;
  return html`<div class="page-tabs">
    <div role="tablist" aria-label="Record">
      ${all.map(
        ({ properties }, n) =>
          html`<button
            type="button"
            role="tab"
            id="${id(n)}-tab"
            aria-controls="${id(n)}"
            aria-selected="${String(n === active)}"
            tabindex="${n === active ? 0 : -1}"
          >
            ${tabTitle(properties['title'])}
          </button>`,
      )}
    </div>
    ${all.map(
      ({ properties }, n) =>
        html`<div
          role="tabpanel"
          id="${id(n)}"
          aria-labelledby="${id(n)}-tab"
          ${n === active ? '' : 'hidden'}
        >
          ${region(layout, properties['body'] ?? '', record)}
        </div>`,
    )}
  </div>`;
}

const STANDARD_TABS: Readonly<Record<string, string>> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
};

/** Some titles are the platform's own; others are as typed. */
const tabTitle = (title = ''): string => STANDARD_TABS[title] ?? title;

/** A record page: its head, and the components where the Lightning page of force-app places them. */
export function recordPage(record: RecordHead, label: string, layout: LightningPage | undefined): Html {
  if (!layout)
    return html`${head(record, label)}
      <p class="page-panel">No Lightning page of this object is part of the project.</p>`;
  const known = [...MAIN, ...SIDE, 'header'];
  const facets = [...layout.regions.keys()].filter((name) => !known.includes(name));
  const used = [...layout.regions.values()].flat().flatMap(({ properties }) => Object.values(properties));
  const strange = facets.filter((name) => !used.includes(name));
  if (strange.length > 0)
    throw new Error(
      `${layout.name}: found region ${strange.join(', ')} (${layout.template}), which is not modelled`,
    );
  const of = (names: readonly string[]): Html[] => names.flatMap((name) => region(layout, name, record));
  const [main, side] = [of(MAIN), of(SIDE)];
  const columns = main.length === 0 || side.length === 0 ? 'page-columns page-columns_one' : 'page-columns';
  return html`${head(record, label)}${of(['header'])}
    <div class="${columns}">
      <div class="page-column">${main}</div>
      <div class="page-column">${side}</div>
    </div>`;
}

export const notice = (title: string, text: string): Html =>
  html` <section class="page-panel">
    <h1 class="slds-text-heading_medium">${title}</h1>
    <p>${text}</p>
  </section>`;

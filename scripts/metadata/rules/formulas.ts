import { all, parseFlowFormula, functionsIn, textOf } from 'local-org/metadata';
import type { Expression } from 'local-org/metadata';
import { resolvePath } from '../org-index.ts';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** Salesforce Help, "Formula Operators and Functions" (platform.customize_functions), with those of flows. */
const FUNCTIONS = new Set(
  (
    'ABS ACOS ADDMONTHS AND ASCII ASIN ATAN ATAN2 BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CHR CONTAINS COS CURRENCYRATE ' +
    'DATE DATETIMEVALUE DATEVALUE DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION GETRECORDIDS ' +
    'GETSESSIONID HOUR HTMLENCODE HYPERLINK IF IFS IMAGE IMAGEPROXYURL INCLUDE INCLUDES INITCAP ISBLANK ISCHANGED ISCLONE ISNEW ' +
    'ISNULL ISNUMBER ISOWEEK ISOYEAR ISPICKVAL JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LEFT LEN LINKTO LN LOG LOWER LPAD MAX ' +
    'MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOT NOW NULLVALUE OR PARENTGROUPVAL PI PICKLISTCOUNT PREDICT ' +
    'PREVGROUPVAL PRIORVALUE REGEX REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE TAN TEXT TIMENOW TIMEVALUE ' +
    'TODAY TRIM TRUNC UNIXTIMESTAMP UPPER URLENCODE URLFOR VALUE VLOOKUP WEEKDAY YEAR'
  ).split(' '),
);

type Kind = 'text' | 'number' | 'boolean' | 'picklist';

const RESULTS: Record<Kind, string> = {
  text: 'BR CASESAFEID HYPERLINK IMAGE INITCAP LEFT LOWER LPAD MID RIGHT RPAD SUBSTITUTE TEXT TRIM UPPER',
  number:
    'ABS CEILING DAY DAYOFYEAR EXP FIND FLOOR HOUR LEN LN LOG MOD MONTH PI ROUND SQRT TRUNC VALUE WEEKDAY YEAR',
  boolean: 'AND BEGINS CONTAINS INCLUDES ISBLANK ISCHANGED ISNEW ISNULL ISNUMBER ISPICKVAL NOT OR REGEX',
  picklist: '',
};
const KIND_OF_CALL = new Map(
  Object.entries(RESULTS).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind as Kind] as const),
  ),
);
/** Types of fields as metadata and as describe name them. */
const KIND_OF_FIELD: Record<string, Kind> = {
  Text: 'text',
  TextArea: 'text',
  Email: 'text',
  Phone: 'text',
  Url: 'text',
  string: 'text',
  Number: 'number',
  Currency: 'number',
  Percent: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  int: 'number',
  Checkbox: 'boolean',
  boolean: 'boolean',
  Picklist: 'picklist',
  picklist: 'picklist',
};

/** What a formula gives, as far as its outermost part tells; undefined where it does not. */
function kindOf(tree: Expression, index: OrgIndex, object: string): Kind | undefined {
  if (tree.kind === 'field') {
    const field = resolvePath(index, object, tree.path);
    return typeof field === 'string' ? undefined : KIND_OF_FIELD[field.type];
  }
  if (tree.kind !== 'call') return undefined;
  const { name } = tree;
  const [first, second] = tree.args;
  if (name === 'IF') return second && kindOf(second, index, object);
  if (name === 'BLANKVALUE' || name === 'NULLVALUE') return first && kindOf(first, index, object);
  return KIND_OF_CALL.get(name);
}

interface Formula {
  file: string;
  text: string;
  name: string;
  object: string | undefined;
  type: string | undefined;
}

function formulasOf(project: Project): Formula[] {
  const fields = ofType(project, 'CustomField').flatMap((part) => {
    const text = textOf(part.root, 'formula');
    if (text === undefined) return [];
    const object = part.object === 'Activity' ? 'Event' : part.object;
    return [{ file: part.file, text, name: part.name, object, type: textOf(part.root, 'type') }];
  });
  const rules = ofType(project, 'ValidationRule').flatMap((part) => {
    const text = textOf(part.root, 'errorConditionFormula');
    return text === undefined
      ? []
      : [{ file: part.file, text, name: part.name, object: part.object, type: 'Checkbox' }];
  });
  const flows = ofType(project, 'Flow').flatMap((part) =>
    all(part.root, 'formulas').map((formula) => ({
      file: part.file,
      text: textOf(formula, 'expression') ?? '',
      name: textOf(formula, 'name') ?? '',
      object: undefined,
      type: undefined,
    })),
  );
  return [...fields, ...rules, ...flows];
}

/** Formulas that read well and that an org does not compile: unknown functions, and results of another type. */
export function checkFormulas(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  for (const { file, text, name, object, type } of formulasOf(project)) {
    let tree: Expression;
    try {
      tree = parseFlowFormula(text);
    } catch {
      // Told where references are checked.
      continue;
    }
    const report = (message: string): void => {
      findings.push({ file, rule: 'platform', message });
    };
    for (const call of new Set(functionsIn(tree)))
      if (!FUNCTIONS.has(call))
        report(`formula ${name}: found function ${call}, expected one that Salesforce has`);
    const wanted = KIND_OF_FIELD[type ?? ''];
    const given = object === undefined ? undefined : kindOf(tree, index, object);
    if (wanted !== undefined && given !== undefined && wanted !== given)
      report(`formula ${name}: found a ${given}, expected a ${wanted}: the type is ${type ?? ''}`);
  }
  return findings;
}

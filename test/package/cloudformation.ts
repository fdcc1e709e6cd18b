import { parse, type CollectionTag, type ScalarTag } from 'yaml';

type Json = Readonly<Record<string, unknown>>;

export interface Template {
  readonly Parameters: Readonly<Record<string, Json>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { Type: string; Condition?: string; Properties: Json }>>;
  readonly Outputs: Readonly<Record<string, { Condition?: string; Value: unknown }>>;
}

/** Short forms of CloudFormation's functions. One that is not in the list makes the template unreadable. */
const SCALARS = ['Ref', 'GetAtt', 'Sub', 'Condition'];
const LISTS = ['If', 'Not', 'Equals', 'And', 'Or', 'Join'];
const long = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const TAGS: (ScalarTag | CollectionTag)[] = [
  ...SCALARS.map((name): ScalarTag => ({ tag: `!${name}`, resolve: (text) => ({ [long(name)]: text }) })),
  ...LISTS.map((name): CollectionTag => ({
    tag: `!${name}`,
    collection: 'seq',
    resolve: (items) => ({ [long(name)]: (items as { toJSON: () => unknown }).toJSON() }),
  })),
];

/** A template of CloudFormation or SAM with its functions in the long form; throws for what is no YAML. */
export const readTemplate = (text: string): Template =>
  parse(text, { customTags: TAGS, strict: true, uniqueKeys: true }) as Template;

/**
 * What is wrong with a template's references: names that nobody defines, and what is only there under a condition but
 * is used without it.
 */
export function brokenReferences({ Parameters, Conditions, Resources, Outputs }: Template): string[] {
  const problems: string[] = [];
  const use = (where: string, name: string, condition: string | undefined): void => {
    if (name.startsWith('AWS::') || name in Parameters) return;
    const resource = Resources[name];
    if (resource === undefined) problems.push(`${where}: nothing is called ${name}`);
    else if (resource.Condition !== undefined && resource.Condition !== condition) {
      problems.push(`${where}: ${name} is only there under ${resource.Condition}`);
    }
  };
  const walk = (where: string, value: unknown, condition?: string): void => {
    if (Array.isArray(value)) return value.forEach((item, i) => walk(`${where}[${i}]`, item, condition));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value as Json)) {
      const here = `${where}.${key}`;
      if (key === 'Ref') use(here, String(inner), condition);
      else if (key === 'Fn::GetAtt') use(here, String(inner).split('.')[0] ?? '', condition);
      else if (key === 'Fn::Sub') {
        for (const [, name = ''] of String(inner).matchAll(/\$\{([^}!.]+)[^}]*\}/g))
          use(here, name, condition);
      } else {
        const named = key === 'Fn::If' ? (inner as unknown[])[0] : key === 'Condition' ? inner : null;
        if (typeof named === 'string' && !(named in Conditions))
          problems.push(`${here}: no condition ${named}`);
        walk(here, inner, condition);
      }
    }
  };
  walk('Conditions', Conditions);
  for (const [name, resource] of Object.entries(Resources)) walk(name, resource, resource.Condition);
  for (const [name, output] of Object.entries(Outputs)) walk(`Outputs.${name}`, output, output.Condition);
  const text = JSON.stringify([Conditions, Resources, Outputs]);
  for (const name of Object.keys(Parameters)) {
    if (!text.includes(`"${name}"`) && !text.includes(`\${${name}}`))
      problems.push(`${name}: no one uses it`);
  }
  return problems;
}

/** Rights in a template that reach further than one named thing: `*` as action or resource. */
export function wideRights({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([name, { Properties }]) => {
    const statements = statementsIn(Properties);
    return statements.flatMap((statement) =>
      [statement['Action'], statement['Resource']]
        .flat()
        .filter((value) => typeof value === 'string' && value.includes('*'))
        .map((value) => `${name}: ${String(value)}`),
    );
  });
}

function statementsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as Json)['Statement'];
  return [
    ...(Array.isArray(own) ? (own as Json[]) : []),
    ...Object.values(value as Json).flatMap((inner) => statementsIn(inner)),
  ];
}

// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
// Unproven: A visibility rule of a screen may ask for a custom permission, and a box that it hides is not ticked.
// See: a screen flow with such a rule, as a user who lacks the permission.
// If not: the flow must decide by itself; put the box on a screen of its own, behind a decision.

import { OrgError } from '../errors.ts';
import { conditionHolds } from './conditions.ts';
import type { ScreenComponent, ScreenNode } from './definition.ts';
import { holds, parseLogic } from './logic.ts';
import type { References } from './references.ts';
import { isList, isRecord, textOfValue } from './value.ts';
import type { Value } from './value.ts';

/** A screen as a person sees it. */
export interface ShownScreen {
  readonly label: string;
  readonly button: string | undefined;
  readonly components: readonly {
    readonly name: string;
    readonly type: string;
    readonly label: string;
    readonly value: string | null;
    readonly componentName?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
  }[];
}

/** What a person filled in on a screen, by the names of its input fields. */
export type ScreenValues = ReadonlyMap<string, Value>;

/**
 * The rule looks at who runs the flow and at what came before the screen; one that looks at the same screen would have to
 * be asked again with every stroke of a key, which is not modelled: the flow is refused as it is read.
 */
const isVisible = ({ visible }: ScreenComponent, references: References): boolean =>
  visible === undefined ||
  holds(parseLogic(visible.logic, visible.conditions.length), (i) => {
    const condition = visible.conditions[i];
    return condition !== undefined && conditionHolds(condition, references);
  });

/** @throws Error for inputs of components that are no text, number or boolean: they are not modelled */
export function shown(node: ScreenNode, references: References): ShownScreen {
  return {
    label: node.label,
    button: node.button,
    components: node.components
      .filter((component) => isVisible(component, references))
      .map((component) => shownComponent(component, references)),
  };
}

function shownComponent(
  component: ScreenComponent,
  references: References,
): ShownScreen['components'][number] {
  const { name, kind: type } = component;
  switch (component.kind) {
    case 'DisplayText':
      return { name, type, label: '', value: references.merge(component.text) };
    case 'InputField':
      return {
        name,
        type,
        label: references.merge(component.label),
        value: textOfValue(references.valueOf(component.start)),
      };
    case 'ComponentInstance':
      return {
        name,
        type,
        label: '',
        value: null,
        componentName: component.component,
        inputs: Object.fromEntries(
          component.inputs.map((input) => {
            const own = references.valueOf(input.value);
            if (isRecord(own) || isList(own) || (typeof own === 'object' && own !== null))
              throw new Error(`${name}: input ${input.name} is no text, number or boolean: not modelled`);
            return [input.name, own];
          }),
        ),
      };
    default:
      return component satisfies never;
  }
}

const openFields = ({ components }: ShownScreen): Map<string, boolean> =>
  new Map(
    components.flatMap(({ name, type, value }) =>
      type === 'InputField' ? [[name, value === 'true'] as const] : [],
    ),
  );

/** @throws OrgError 400 for a value of a field that the screen does not show to this person, or of another type */
export function checkValues(screen: ShownScreen, given: ScreenValues): void {
  const open = openFields(screen);
  for (const [name, value] of given)
    if (!open.has(name) || typeof value !== 'boolean')
      throw new OrgError(
        400,
        'INVALID_INPUT',
        `found ${name}, expected true or false for an input field of the screen: ${[...open.keys()].join(', ') || 'it has none'}`,
      );
}

/**
 * What the input fields of a screen hold once a person goes on: what was filled in, else what stood there; a field that
 * was hidden holds nothing.
 */
export function filledIn(node: ScreenNode, screen: ShownScreen, given: ScreenValues): Map<string, Value> {
  const open = openFields(screen);
  return new Map(
    node.components.flatMap(({ name, kind }) => {
      if (kind !== 'InputField') return [];
      return [[name, open.has(name) ? (given.get(name) ?? open.get(name) ?? null) : null] as const];
    }),
  );
}

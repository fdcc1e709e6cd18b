// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import type { ScreenNode } from './definition.ts';
import type { References } from './references.ts';
import { isList, isRecord } from './value.ts';

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

/** @throws Error for inputs of components that are no text, number or boolean: they are not modelled */
export function shown(node: ScreenNode, references: References): ShownScreen {
  return {
    label: node.label,
    button: node.button,
    components: node.components.map((component) =>
      component.kind === 'DisplayText'
        ? { name: component.name, type: component.kind, label: '', value: references.merge(component.text) }
        : {
            name: component.name,
            type: component.kind,
            label: '',
            value: null,
            componentName: component.component,
            inputs: Object.fromEntries(
              component.inputs.map(({ name, value }) => {
                const own = references.valueOf(value);
                if (isRecord(own) || isList(own) || (typeof own === 'object' && own !== null))
                  throw new Error(
                    `${component.name}: input ${name} is no text, number or boolean: not modelled`,
                  );
                return [name, own];
              }),
            ),
          },
    ),
  };
}

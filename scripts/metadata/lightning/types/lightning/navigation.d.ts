/** https://developer.salesforce.com/docs/component-library/bundle/lightning-navigation */
import type { LightningElement, WireAdapterConstructor } from 'lwc';

export interface PageReference {
  type: string;
  attributes?: Record<string, unknown>;
  state?: Record<string, unknown>;
}

interface Navigation {
  [NavigationMixin.Navigate](page: PageReference, replace?: boolean): void;
  [NavigationMixin.GenerateUrl](page: PageReference): Promise<string>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what TypeScript asks of the constructor of a mixin
type Constructor<Instance> = new (...parameters: any[]) => Instance;

export function NavigationMixin<Base extends Constructor<LightningElement>>(
  base: Base,
): Base & Constructor<Navigation>;
export namespace NavigationMixin {
  const Navigate: unique symbol;
  const GenerateUrl: unique symbol;
}
export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference>;

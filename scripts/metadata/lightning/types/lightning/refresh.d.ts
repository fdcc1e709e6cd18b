/** https://developer.salesforce.com/docs/component-library/bundle/lightning-refresh */
import type { LightningElement } from 'lwc';

export class RefreshEvent extends Event {
  constructor();
}
export function registerRefreshHandler(element: LightningElement, handler: () => Promise<unknown>): string;
export function unregisterRefreshHandler(id: string): void;
export function registerRefreshContainer(
  element: LightningElement,
  handler: (done: Promise<string>) => void,
): string;
export function unregisterRefreshContainer(id: string): void;

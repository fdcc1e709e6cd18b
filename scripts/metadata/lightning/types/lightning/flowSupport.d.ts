/** https://developer.salesforce.com/docs/component-library/bundle/lightning-flow-support */
export class FlowAttributeChangeEvent extends CustomEvent<unknown> {
  constructor(attribute: string, value: unknown);
}
export class FlowNavigationNextEvent extends CustomEvent<unknown> {
  constructor();
}
export class FlowNavigationBackEvent extends CustomEvent<unknown> {
  constructor();
}
export class FlowNavigationPauseEvent extends CustomEvent<unknown> {
  constructor();
}
export class FlowNavigationFinishEvent extends CustomEvent<unknown> {
  constructor();
}

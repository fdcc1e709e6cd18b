/** https://developer.salesforce.com/docs/component-library/bundle/lightning-actions */
export class CloseActionScreenEvent extends CustomEvent<unknown> {
  constructor();
}

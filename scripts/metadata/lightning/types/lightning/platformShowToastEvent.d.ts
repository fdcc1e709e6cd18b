/** https://developer.salesforce.com/docs/component-library/bundle/lightning-platform-show-toast-event */
export class ShowToastEvent extends CustomEvent<unknown> {
  constructor(toast: {
    title: string;
    message: string;
    variant?: 'info' | 'success' | 'warning' | 'error';
    mode?: 'dismissible' | 'pester' | 'sticky';
    messageData?: unknown[];
  });
}

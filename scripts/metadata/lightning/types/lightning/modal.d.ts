/** https://developer.salesforce.com/docs/component-library/bundle/lightning-modal */
import { LightningElement } from 'lwc';

export default class LightningModal extends LightningElement {
  static open(options: {
    label: string;
    size?: 'small' | 'medium' | 'large' | 'full';
    description?: string;
    [property: string]: unknown;
  }): Promise<unknown>;
  close(result?: unknown): void;
  label: string;
  size: string;
  disableClose: boolean;
}

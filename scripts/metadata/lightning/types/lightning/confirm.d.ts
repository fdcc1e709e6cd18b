/** https://developer.salesforce.com/docs/component-library/bundle/lightning-confirm */
declare const LightningConfirm: {
  open(options: {
    message: string;
    label: string;
    variant?: 'header' | 'headerless';
    theme?: string;
  }): Promise<boolean>;
};
export default LightningConfirm;

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-page-reference-utils */
export function encodeDefaultFieldValues(values: Record<string, string>): string;
export function decodeDefaultFieldValues(text: string): Record<string, string>;

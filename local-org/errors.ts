// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html
// Unproven: The words of refusals.
// See: let a real org refuse the same call.
// If not: decide by status and error code, never by words.

/**
 * A refusal in Salesforce's own words: HTTP status, error code, message and the fields concerned.
 *
 * Codes and statuses follow developer.salesforce.com (REST API Developer Guide, "Status Codes and Error Responses");
 * exact texts are not verified against a live org.
 *
 * @example new OrgError(400, 'INVALID_FIELD', "No such column 'Foo__c' on entity 'Account'.")
 */
export class OrgError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: string[];

  constructor(status: number, code: string, message: string, fields: string[] = []) {
    super(message);
    this.name = 'OrgError';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/**
 * What this stand-in does not model is refused with 501 and a code that no real org uses, so that nobody takes the gap
 * for an answer.
 *
 * @example notModelled('SOQL function GEOLOCATION') // => OrgError 501 NOT_MODELLED
 */
export const notModelled = (what: string): OrgError =>
  new OrgError(501, 'NOT_MODELLED', `The local org does not model this: ${what}. A real org may well do.`);

/** A record that breaks a write rule; collections report it per record, single writes as the whole answer. */
export const recordError = (code: string, message: string, fields: string[] = []): OrgError =>
  new OrgError(400, code, message, fields);

/** A name that a write does not know. @example noSuchColumn('Foo__c', 'Account') // => OrgError 400 INVALID_FIELD */
export const noSuchColumn = (name: string, object: string): OrgError =>
  new OrgError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);

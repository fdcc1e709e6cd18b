import { ScorerError } from '../errors.ts';
import type { JsforceRequest, JsforceResponse } from './salesforce-request.ts';

/** A session lives for hours: a run that needs more of them than this is not let in, whatever it is told. */
const MOST_RENEWALS = 20;

type Send = (wanted: JsforceRequest) => Promise<JsforceResponse> & { stream: () => unknown };

/** Sign-ins after the first one. */
export interface Renewal {
  /** Signs in again. @throws ScorerError SOURCE_REFUSED when that has just been done, and nothing was answered since */
  readonly renew: (enter: () => Promise<void>) => Promise<void>;
  /** Sees what is answered. */
  readonly watch: <S extends Send>(send: S) => S;
}

/**
 * Lets an expired session be renewed, and a session that is refused as soon as it is there not: jsforce would sign in
 * and ask in turn for ever, some two thousand times a minute.
 *
 * @param check what a person should look at
 * @example
 * const renewal = makeRenewal('SF_CLIENT_ID');
 * await renewal.renew(enter); // signs in
 * await renewal.renew(enter); // throws: every call was answered 401 since
 */
export function makeRenewal(check: string): Renewal {
  let since = 0;
  let all = 0;
  const isSignIn = (url: string): boolean => /\/services\/(?:oauth2|Soap)\//.test(url);
  return {
    renew: async (enter) => {
      if (since >= 1 || all >= MOST_RENEWALS) {
        throw new ScorerError(
          'SOURCE_REFUSED',
          `Salesforce: lets us in and then refuses every call (401), also after signing in again; check ${check}, and that its user may use the API`,
        );
      }
      since++;
      all++;
      await enter();
    },
    watch: (send) =>
      ((wanted: JsforceRequest) => {
        const sent = send(wanted);
        const seen = sent.then((answer) => {
          if (answer.statusCode < 400 && !isSignIn(wanted.url)) since = 0;
          return answer;
        });
        return Object.assign(seen, { stream: sent.stream });
      }) as typeof send,
  };
}

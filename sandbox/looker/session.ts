import { createHash } from 'node:crypto';
import type { Answer, Request } from 'local-org/http';
import { notFound, Refusal } from './answers.ts';

export interface SessionOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenSeconds: number;
  readonly clock: () => number;
}

export interface Sessions {
  /** POST /login: form, or the query string, which the vendor is giving up. */
  readonly login: (request: Request) => Answer;
  /** Ends the session of the request. */
  readonly logout: (request: Request) => Answer;
  /** @throws Refusal 401 without a token, or with one that is not known or has expired */
  readonly require: (request: Request) => void;
}

/** Who may ask: tokens that live for a while of the sandbox's clock. */
export function makeSessions({ clientId, clientSecret, tokenSeconds, clock }: SessionOptions): Sessions {
  const until = new Map<string, number>();
  let count = 0;
  const tokenOf = ({ headers }: Request): string =>
    /^(?:token|bearer) +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';

  return {
    login: (request) => {
      const form = request.form();
      const value = (name: string) => form.get(name) ?? request.query.get(name);
      if (value('client_id') !== clientId || value('client_secret') !== clientSecret) throw notFound();
      const token = createHash('sha256').update(`${clientSecret}:${++count}`).digest('base64url');
      until.set(token, clock() + tokenSeconds * 1_000);
      return {
        status: 200,
        body: { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, refresh_token: null },
      };
    },
    logout: (request) => {
      until.delete(tokenOf(request));
      return { status: 204 };
    },
    require: (request) => {
      const end = until.get(tokenOf(request));
      if (end === undefined || end <= clock()) throw new Refusal(401, 'Requires authentication.');
    },
  };
}

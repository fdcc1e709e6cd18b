import { request } from '@sandbox/request';

/** What `gql` gives: the platform takes parsed documents only, so that plain text is refused here as well. */
class Parsed {
  constructor(text) {
    this.text = text;
    Object.freeze(this);
  }
}

/** Parses nothing: the local org does, and answers with its errors. Other documents may be placed inside. */
export function gql(strings, ...values) {
  const parts = values.map((value) => (value instanceof Parsed ? value.text : String(value)));
  return new Parsed(strings.reduce((text, string, i) => text + parts[i - 1] + string));
}

const textOf = (query) => {
  // What a component holds may have been wrapped on its way here, hence no instanceof.
  if (typeof query === 'object' && query !== null && typeof query.text === 'string') return query.text;
  throw new Error('lightning/graphql: found a query that is not the result of gql, expected gql`…`');
};

/** `{ data, errors }`, each undefined when there is none, as the wire emits them. */
async function ask({ query, variables, operationName }) {
  const body = { query: textOf(query), variables: variables ?? {}, operationName };
  try {
    const answer = await request('graphql', { method: 'POST', body });
    if (!answer.ok) {
      const message = answer.body?.[0]?.message ?? `The server answered ${answer.status}`;
      return { data: undefined, errors: [{ message }] };
    }
    const { data, errors } = answer.body;
    return { data: data ?? undefined, errors: errors?.length > 0 ? errors : undefined };
  } catch (error) {
    return { data: undefined, errors: [{ message: error.message }] };
  }
}

/**
 * Wire adapter of lightning/graphql (version 2), against the local org. Nothing is kept between components: where the
 * platform would answer from its cache, this asks again.
 *
 * Source: developer.salesforce.com, LWC guide, "reference-graphql-wire" and "reference-graphql-refresh".
 */
export class graphql {
  constructor(emit) {
    this.emit = emit;
    this.config = undefined;
    this.emit({ data: undefined, errors: undefined, refresh: undefined });
  }

  connect() {
    this.connected = true;
    void this.run();
  }

  disconnect() {
    this.connected = false;
    this.turn = undefined;
  }

  update(config) {
    this.config = config;
    void this.run();
  }

  async run() {
    const { config } = this;
    if (!this.connected || config?.query === undefined) return;
    if ('variables' in config && config.variables === undefined) return;
    // A later question makes this one's answer stale, whichever comes back first.
    const turn = {};
    this.turn = turn;
    const answer = await ask(config);
    if (this.turn === turn) this.emit({ ...answer, refresh: () => this.run() });
  }
}

/**
 * Creates, updates or deletes records; resolves with `{ data, errors }` and does not reject for what the org refuses.
 *
 * Source: developer.salesforce.com, LWC guide, "reference-graphql-mutation".
 */
export async function executeMutation(config) {
  if (!/\bmutation\b/.test(textOf(config.query)))
    throw new Error('executeMutation: found no mutation in the document, expected one');
  return ask(config);
}

import type { Call, Transport } from './transport.ts';

/** A transport without a network, for tests of what an extractor asks and makes of the answers. */
export interface ScriptedTransport extends Transport {
  readonly calls: readonly Call<unknown>[];
}

/**
 * Answers each call from a function, through the caller's own schema, and remembers the calls.
 *
 * @example
 * const transport = scriptedTransport(({ path }) => (path === '/me' ? { type: 'admin', id: '1' } : {}));
 */
export function scriptedTransport(answer: (call: Call<unknown>) => unknown): ScriptedTransport {
  const calls: Call<unknown>[] = [];
  return {
    calls,
    request: async (call) => {
      calls.push(call);
      return call.schema.parse(await answer(call));
    },
  };
}

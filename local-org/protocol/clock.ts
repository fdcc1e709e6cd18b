// Local: the clock, below /__sandbox/.

import type { Answer, Request } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import type { Org } from '../org.ts';

const PATH = '/__sandbox/clock';

/**
 * The org's clock: GET tells it, POST moves it on. Schedule-triggered flows that fall in between run then, in order,
 * each at its own time. An interface of its own: no org can do that.
 *
 * @param move sets the clock; without it the clock stands and POST is refused
 */
export function makeClockControl(
  org: Org,
  move: ((at: number) => void) | undefined,
): (request: Request) => Promise<Answer> | undefined {
  let last: Promise<unknown> = Promise.resolve();

  async function advance(request: Request): Promise<Answer> {
    const { now } = (request.json() ?? {}) as { now?: unknown };
    const until = typeof now === 'string' ? Date.parse(now) : NaN;
    if (Number.isNaN(until))
      throw new OrgError(
        400,
        'INVALID_INPUT',
        `found now ${String(now)}, expected a time such as 2026-12-03T09:00:00Z`,
      );
    if (!move)
      throw new OrgError(409, 'CLOCK_STANDS', 'this org was started with a clock that cannot be moved');
    const from = org.clock();
    if (until < from)
      throw new OrgError(
        400,
        'INVALID_INPUT',
        `found ${new Date(until).toISOString()}, expected a time after ${new Date(from).toISOString()}: time does not run back`,
      );
    const interviews = await org.flows.runSchedules(from, until, move);
    move(until);
    return {
      status: 200,
      body: {
        now: new Date(until).toISOString(),
        interviews: interviews.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
      },
    };
  }

  return (request) => {
    if (request.path !== PATH) return undefined;
    if (request.method === 'GET')
      return Promise.resolve({ status: 200, body: { now: new Date(org.clock()).toISOString() } });
    if (request.method !== 'POST')
      return Promise.reject(new OrgError(405, 'METHOD_NOT_ALLOWED', 'the clock takes GET and POST'));
    // One after the other: two that move it at once would run the same schedules twice.
    const own = last.then(() => advance(request));
    last = own.catch(() => undefined);
    return own;
  };
}

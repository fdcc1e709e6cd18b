import { Refusal } from './refusal.ts';

/** A version of Intercom's API that this stand-in imitates, as the x of `2.x`. */
export type Minor = number;

const OLDEST: Minor = 10;
const NEWEST: Minor = 16;
export const DEFAULT_VERSION = '2.16';

/** From here on a conversation carries its company. */
export const COMPANY_SINCE: Minor = 15;
/** From here on priority has five levels, and nobody assigned is 0 and no longer null. */
export const PRIORITY_LEVELS_SINCE: Minor = 16;
/** From here on a conversation names its channel. */
export const CHANNEL_SINCE: Minor = 16;
/** From here on a rating tells when it was answered. */
export const RATING_UPDATED_SINCE: Minor = 14;
/** From here on conversation attributes have their own address, and no place among the data attributes. */
export const CONVERSATION_ATTRIBUTES_SINCE: Minor = 16;

/**
 * Reads the Intercom-Version header.
 *
 * @param header undefined when it was not sent: then what the app's settings say, given as `fallback`, counts
 * @throws Refusal intercom_version_invalid for anything but 2.10 to 2.16
 * @see https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/api-versioning
 * @example minorVersion('2.15', '2.16') // => 15
 */
export function minorVersion(header: string | undefined, fallback: string): Minor {
  const text = header ?? fallback;
  const minor = Number(/^2\.(\d{1,2})$/.exec(text)?.[1] ?? Number.NaN);
  if (minor >= OLDEST && minor <= NEWEST) return minor;
  throw new Refusal(
    400,
    'intercom_version_invalid',
    `The requested version ${JSON.stringify(text)} is not one of 2.${OLDEST} to 2.${NEWEST}, which this stand-in models`,
  );
}

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a Salesforce id; null for what is no id, or whose last three characters do not
 * agree with the others (a copy that lost its capitals).
 *
 * @see https://help.salesforce.com/s/articleView?id=000385585 (how the suffix is made)
 * @example toId18('001000000000001') // => '001000000000001AAA'
 */
export function toId18(id: string): string | null {
  if (!/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id)) return null;
  const base = id.slice(0, 15);
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(base.charAt(chunk * 5 + i))) bits |= 1 << i;
    suffix += SUFFIX.charAt(bits);
  }
  return id.length === 18 && id.slice(15).toUpperCase() !== suffix ? null : base + suffix;
}

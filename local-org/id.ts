// Source: https://help.salesforce.com/s/articleView?id=platform.customize_functions_casesafeid.htm

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a 15-character Salesforce id: three letters that encode which characters are upper case.
 *
 * @example to18('001000000000001') // => '001000000000001AAA'
 */
export function to18(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const c = id15[chunk * 5 + i] ?? '';
      if (c >= 'A' && c <= 'Z') bits |= 1 << i;
    }
    suffix += ALPHABET[bits];
  }
  return id15 + suffix;
}

/**
 * The nth record id of an object, by its three-character key prefix.
 *
 * @example salesforceId('001', 1) // => '001000000000001AAA'
 */
export function salesforceId(prefix: string, n: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let rest = '';
  for (let value = n; value > 0; value = Math.floor(value / 62)) rest = (digits[value % 62] ?? '0') + rest;
  return to18(prefix + rest.padStart(12, '0'));
}

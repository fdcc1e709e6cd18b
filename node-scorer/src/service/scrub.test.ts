import { describe, expect, it } from 'vitest';
import { makeScrubber } from './scrub.ts';

const scrub = makeScrubber({
  JIRA_API_TOKEN: 'planted/token+1',
  JIRA_EMAIL: 'health@example.com',
  SF_JWT_KEY: '-----BEGIN PRIVATE KEY-----\\nplantedkey\\n-----END PRIVATE KEY-----',
  SF_PASSWORD: 'ab',
  SCORER_PORT: '808080',
});

describe('blotting secrets out of a text', () => {
  it.each([
    ['plain', 'refused planted/token+1 here', 'refused *** here'],
    ['percent-encoded', 'a=planted%2Ftoken%2B1', 'a=***'],
    ['in Base64', `x ${Buffer.from('planted/token+1').toString('base64')} y`, 'x *** y'],
    [
      'key with line ends written out',
      'k -----BEGIN PRIVATE KEY-----\\nplantedkey\\n-----END PRIVATE KEY----- .',
      'k *** .',
    ],
    ['key as it is', 'k -----BEGIN RSA PRIVATE KEY-----\nother\n-----END RSA PRIVATE KEY----- .', 'k *** .'],
    ['key that is cut off', 'k -----BEGIN PRIVATE KEY-----\nother', 'k ***'],
    ['bearer token of anybody', 'authorization: Bearer abc.def-123', 'authorization: Bearer ***'],
    ['user and password of Jira', `Basic ${Buffer.from('a@b.c:other').toString('base64')}`, 'Basic ***'],
    ['JSON Web Token', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2ln', 'got ***'],
    ['session of Salesforce', 'sid 00D000000000001!AQEAQplanted.session_1', 'sid ***'],
    [
      'query of an address',
      'GET https://a.example/x?access_token=other&b=1 failed',
      'GET https://a.example/x?*** failed',
    ],
    ['password of an address', 'postgres://scorer:other@db.example/x', 'postgres://***/x'],
    ['named in JSON', '{"client_secret":"other-one","a":1}', '{"client_secret":"***","a":1}'],
    ['e-mail address', 'user someone@hotel.example', 'user ***'],
    ['e-mail address among others', 'a+b@c.example@x, y@z', '***@x, y@z'],
    ['JSON Web Token behind a dash', 'x-eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2ln!', 'x-***!'],
  ])('takes out a secret: %s', (_, text, blotted) => {
    expect(scrub(text)).toBe(blotted);
  });

  it.each([
    ['a short value, which stands in any text by chance', 'grab the cab'],
    ['a variable that is no secret', 'port 808080'],
    ['an address', 'https://acme.atlassian.net/rest/api/3/search/jql answered 503'],
    ['a stack', 'at refresh (file:///srv/scorer.mjs:10:3)'],
  ])('leaves %s', (_, text) => {
    expect(scrub(text)).toBe(text);
  });

  it.each([
    ['letters', 'a'],
    ['addresses', 'http://a'],
    ['addresses without an end', 'a://'],
    ['beginnings of a token', '-eyJ'],
    ['parts of a token', 'eyJabcdefgh.'],
    ['signs of mail', 'a@'],
    ['keys', '-----BEGIN PRIVATE KEY-----'],
    ['ends of keys', '-----END A'],
    ['bearers', 'Bearer   '],
    ['names of secrets', 'token  '],
    ['questions', 'http://a?'],
    ['nothing', ' '],
    ['sessions', '00Da'],
  ])('takes no more than in proportion for a stranger’s %s', (_, unit) => {
    // The longer text is eight times the shorter: what grows with the square would take 64 times as long.
    const textOf = (length: number): string => unit.repeat(length / unit.length);
    const [short, long] = [textOf(16_000), textOf(128_000)];
    const fastest = (text: string): number =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const began = performance.now();
          scrub(text);
          return performance.now() - began;
        }),
      );
    fastest(short);
    expect(fastest(long)).toBeLessThan(24 * fastest(short) + 5);
  });
});

import { describe, expect, it } from 'vitest';
import { awsAuthorization } from './aws-signature.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

describe('a signature of AWS, version 4', () => {
  it('is the one of the worked example in the documentation', () => {
    const request = {
      method: 'GET',
      path: '/',
      query: 'Action=ListUsers&Version=2010-05-08',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        host: 'iam.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
      },
      body: '',
    };
    const scope = { region: 'us-east-1', service: 'iam', date: '20150830T123600Z' };
    expect(awsAuthorization(request, scope, credentials)).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  it.each([
    ['another body', { body: '{}' }],
    ['another path', { path: '/other' }],
    ['another header', { headers: { host: 'elsewhere.example' } }],
  ])('changes with %s', (_, other) => {
    const request = { method: 'POST', path: '/', headers: { host: 'lambda.example' }, body: '' };
    const scope = { region: 'eu-central-1', service: 'lambda', date: '20261121T090000Z' };
    const one = awsAuthorization(request, scope, credentials);
    expect(awsAuthorization({ ...request, ...other }, scope, credentials)).not.toBe(one);
  });
});

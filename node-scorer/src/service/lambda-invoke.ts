import { AwsClient } from 'aws4fetch';
import { ScorerError } from '../errors.ts';
import type { RunEvent } from './lambda-event.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The function itself, as its context names it. */
export interface FunctionName {
  readonly functionName: string;
  /** Ends in the alias or version that was called, if one was. */
  readonly invokedFunctionArn: string;
}

const PATIENCE_MS = 5_000;

/**
 * Has the function invoked once more, with an event of its own and its own time limit, and does not wait for it:
 * after an answer is given, Lambda stops an invocation, so a run cannot go on behind it.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (InvocationType Event)
 *
 * @param variables of the runtime: AWS_REGION, AWS_ACCESS_KEY_ID …; AWS_ENDPOINT_URL_LAMBDA replaces the address
 * @param now milliseconds since the epoch; AWS takes five minutes either way
 * @throws ScorerError SOURCE_DOWN when Lambda does not take it; ENVIRONMENT_INVALID when it may not
 * @example await invokeAgain(context, { period: '2026-10', mode: 'ensure' }, process.env, Date.now())
 */
export async function invokeAgain(
  { functionName, invokedFunctionArn }: FunctionName,
  event: RunEvent,
  variables: Variables,
  now: number,
): Promise<void> {
  const set = (name: string): string => {
    const value = variables[name]?.trim() ?? '';
    if (value !== '') return value;
    throw new ScorerError('ENVIRONMENT_INVALID', `${name}: found nothing, expected what AWS Lambda sets`);
  };
  const region = set('AWS_REGION');
  const base = variables['AWS_ENDPOINT_URL_LAMBDA']?.trim() || `https://lambda.${region}.amazonaws.com`;
  const url = new URL(`/2015-03-31/functions/${functionName}/invocations`, base);
  const qualifier = invokedFunctionArn.split(':')[7];
  if (qualifier !== undefined) url.search = `Qualifier=${encodeURIComponent(qualifier)}`;
  const signing = new AwsClient({
    accessKeyId: set('AWS_ACCESS_KEY_ID'),
    secretAccessKey: set('AWS_SECRET_ACCESS_KEY'),
    sessionToken: variables['AWS_SESSION_TOKEN']?.trim() ?? '',
    region,
    service: 'lambda',
    // Whoever asked for the run tries again.
    retries: 0,
  });
  let status: number;
  try {
    const answer = await signing.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' },
      body: JSON.stringify(event),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      aws: { datetime: new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '') },
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch (cause) {
    throw new ScorerError('SOURCE_DOWN', `${about}found no answer, expected 202; try again`, { cause });
  }
  if (status === 202) return;
  if (status === 429 || status >= 500) {
    throw new ScorerError('SOURCE_DOWN', `${about}found HTTP ${status}, expected 202; try again`);
  }
  throw new ScorerError(
    'ENVIRONMENT_INVALID',
    `${about}found HTTP ${status}, expected 202; its role needs lambda:InvokeFunction on the function itself`,
  );
}

const about = 'AWS Lambda, invoking the function once more: ';

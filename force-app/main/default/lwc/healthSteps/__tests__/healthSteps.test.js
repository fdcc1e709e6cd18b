import HealthSteps from 'c/healthSteps';
import { clear, listen, open, problemsOf } from '../../healthStory/__tests__/page';

const row = {
  id: 'renewal_soon',
  what: 'Renews Dec 4 (tomorrow), $55,400 a year',
  points: '+3.6',
  action: 'Get the renewal signed',
  owner: '',
  hint: '',
  taskId: null,
  button: 'Create task',
  aria: 'Create task: Get the renewal signed',
  task: { Subject: 'Get the renewal signed: Ember Lodges' },
};
const steps = { title: 'Next steps', rows: [row], empty: '', foot: 'By itself 75.0 by Jan 31, 2027' };

describe('c-health-steps', () => {
  afterEach(clear);

  it('says what, why and what it brings, and asks for the task', async () => {
    const { element, find, text } = open('c-health-steps', HealthSteps, { steps });
    expect(text('[data-step="renewal_soon"]')).toBe(
      'Renews Dec 4 (tomorrow), $55,400 a year+3.6Get the renewal signedCreate task',
    );
    expect(text('[data-id="foot"]')).toBe('By itself 75.0 by Jan 31, 2027');
    const heard = listen(element, 'task');
    find('button').click();
    expect(heard).toEqual([{ fields: row.task }]);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('opens the task that there is', () => {
    const rows = [{ ...row, taskId: '00T000000000001AAA', button: 'Open task, due Dec 1' }];
    const { element, find } = open('c-health-steps', HealthSteps, { steps: { ...steps, rows } });
    const heard = listen(element, 'open');
    find('button').click();
    expect(heard).toEqual([{ object: 'Task', id: '00T000000000001AAA' }]);
  });

  it('offers nothing on a page of the past, and says when there is nothing to do', async () => {
    const rows = [{ ...row, button: '' }];
    expect(open('c-health-steps', HealthSteps, { steps: { ...steps, rows } }).find('button')).toBeNull();
    const { text, element } = open('c-health-steps', HealthSteps, {
      steps: { ...steps, rows: [], empty: 'Nothing is urgent.' },
    });
    expect(text('[data-id="empty"]')).toBe('Nothing is urgent.');
    expect(await problemsOf(element)).toEqual([]);
  });
});

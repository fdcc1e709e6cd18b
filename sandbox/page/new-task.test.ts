import { describe, expect, it } from 'vitest';
import { proposedTask, taskForm } from './new-task.ts';

describe('the page of a new task', () => {
  it.each([
    ['', {}],
    [
      'Subject=Call%2C%20now,WhatId=001000000000001AAA',
      { Subject: 'Call, now', WhatId: '001000000000001AAA' },
    ],
    ['Subject=1%20%3D%201', { Subject: '1 = 1' }],
  ])('takes the proposed values %j', (state, values) => {
    expect(proposedTask(state)).toEqual(values);
  });

  it('refuses a field that it does not have', () => {
    expect(() => proposedTask('Type=Call')).toThrow('found field Type');
  });

  it('shows proposed text as text', () => {
    const { text } = taskForm({ Subject: '"><script>alert(1)</script>' });
    expect(text).toContain('&quot;&gt;&lt;script&gt;');
    expect(text).not.toContain('<script>');
  });
});

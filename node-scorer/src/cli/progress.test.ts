import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makeProgress, type Progress } from './progress.ts';

/** What a stream has been given. */
function shown(isTTY: boolean, work: (progress: Progress) => void): string {
  let text = '';
  const out = Object.assign(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString('utf8');
        done();
      },
    }),
    { isTTY },
  );
  work(makeProgress(out));
  return text;
}

/** What a terminal shows in the end, line by line: a return goes back, an erase empties the line. */
const onScreen = (text: string): string[] =>
  text.split('\n').map((line) => line.split('\r\u001b[2K').at(-1) ?? '');

const threeSteps = ({ show, say, clear }: Progress): void => {
  show('2026-10: read the sources');
  show('2026-10: scored');
  say('stopping at the next safe point');
  show('2026-10: written 1/3');
  clear();
};

describe('progress', () => {
  it('is one line on a terminal, written over and gone in the end; what is said stays', () => {
    const text = shown(true, threeSteps);
    expect(text).toContain('2026-10: scored');
    expect(onScreen(text)).toEqual(['stopping at the next safe point', '']);
  });

  it('is a plain line for each step in a log, without a control character', () => {
    expect(shown(false, threeSteps)).toBe(
      '2026-10: read the sources\n2026-10: scored\nstopping at the next safe point\n2026-10: written 1/3\n',
    );
  });

  it('takes nothing off a terminal that shows nothing', () => {
    expect(shown(true, ({ clear }) => clear())).toBe('');
  });
});

import { clock } from '../../node-scorer/src/run/clock.ts';

export const help = clock;

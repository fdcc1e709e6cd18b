import { clock } from '../run/clock.ts';

export const leak = clock;

import { leak } from '../node-scorer/src/scoring/leak.ts';

export const shared = leak;

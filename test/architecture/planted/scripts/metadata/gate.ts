import { store } from '../../local-org/store.ts';
import { clock } from '../../node-scorer/src/run/clock.ts';

export const gate = [store, clock];

import { shared } from '../sandbox/shared.ts';

export const org = shared;

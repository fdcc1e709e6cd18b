import { inside } from '../../local-org/inside.ts';

export const look = inside;

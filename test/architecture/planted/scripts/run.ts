import { look } from './nowhere/look.ts';
import { help } from '../test/org/help.ts';

export const run = [look, help];

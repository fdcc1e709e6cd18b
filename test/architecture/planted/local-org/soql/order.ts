import type { Where } from './where.ts';

export interface Order {
  after: Where;
}

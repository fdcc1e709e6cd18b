import type { Order } from './order.ts';

export interface Where {
  before: Order;
}

import { store } from '../store.ts';

export const metadata = store;

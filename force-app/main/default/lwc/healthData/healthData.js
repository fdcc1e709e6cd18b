export { CARD, RAISE, RESOLVE } from './queries';
export { NOTHING, queryOf, readAnswer, rowsOf } from './answer';

/** @typedef {import('./answer').Answer} Answer */
/** @typedef {import('./answer').Row} Row */
/** @typedef {import('./answer').Connection} Connection */

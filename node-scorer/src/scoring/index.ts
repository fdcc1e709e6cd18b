export { MISSING_REASONS, type MissingReason, type Reading } from './reading.ts';

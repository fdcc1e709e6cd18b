export { MISSING_REASONS, type MissingReason, type Reading } from './reading.ts';
export { SEGMENTS, type Segment } from './segment.ts';

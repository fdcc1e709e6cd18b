/** Customer segments. Another one is an error, never a default. */
export const SEGMENTS = ['paid', 'standard'] as const;

export type Segment = (typeof SEGMENTS)[number];

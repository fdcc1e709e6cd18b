/** Quantiles of the normal distribution, as constants: a library's approximation was off in the third digit. */
export const Z95 = 1.959964;
export const Z95_ONE_SIDED = 1.645;

export const inside = 0;

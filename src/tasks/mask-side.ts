/** Rows and columns of a mask as the decoder gives it. */
export const MASK_SIDE = 64;

export const MASK_SIZE = { rows: MASK_SIDE, columns: MASK_SIDE } as const;

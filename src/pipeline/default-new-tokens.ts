/** Tokens that are written at most when nothing is said: a few sentences. */
export const DEFAULT_NEW_TOKENS = 64;

/** Where things are outlined. A mask takes 16 tokens and its box 4: as many things as a picture usually has. */
export const DEFAULT_MASK_TOKENS = 256;

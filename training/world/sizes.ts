import type { Random } from './random.js';

/** Heights as fractions of the picture's: of one thing alone, and of each of several. */
export const soloSize = (random: Random): number => random.between(0.26, 0.55);
export const crowdSize = (random: Random, count: number): number =>
  random.between(0.21, count > 4 ? 0.25 : count > 3 ? 0.28 : 0.34);

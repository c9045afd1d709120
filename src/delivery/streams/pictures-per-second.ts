import type { z } from 'zod';

/** How many pictures a second somebody who watches wants at most. @param number how a number is written */
export function picturesPerSecond(number: z.ZodNumber | z.ZodCoercedNumber) {
  return number.min(0.1).max(15).default(10);
}

import { z } from 'zod';
import { MAX_LAYERS, MAX_WIDTH } from './limits.js';

/** A width, head count or size with the default Hugging Face leaves out; null means the default too. */
export function count(otherwise: number, max: number = MAX_WIDTH): z.ZodType<number> {
  return z
    .int()
    .min(1)
    .max(max)
    .nullish()
    .transform((value) => value ?? otherwise);
}

export const layerCount = (otherwise: number): z.ZodType<number> => count(otherwise, MAX_LAYERS);

/** A positive finite number with a default. */
export function positive(otherwise: number): z.ZodType<number> {
  return z
    .number()
    .positive()
    .nullish()
    .transform((value) => value ?? otherwise);
}

/** A flag that changes the arithmetic in a way the graphs do not know. */
export function mustBe(expected: boolean, reason: string): z.ZodType {
  return z
    .boolean()
    .nullish()
    .refine((value) => (value ?? expected) === expected, { error: reason });
}

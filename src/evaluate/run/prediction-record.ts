import { z } from 'zod';

/** The first line of a file of predictions: what they are predictions of. */
export const HEADER = z.object({
  benchmark: z.string(),
  split: z.string(),
  model: z.string(),
  precision: z.string(),
  /** The fingerprint of its weights, adapter included; files of earlier versions have none. */
  weights: z.string().optional(),
});
export type PredictionHeader = z.infer<typeof HEADER>;

/** A line: what the model said of an item, or why it could not be asked. */
export const RECORD = z.object({
  id: z.string(),
  prediction: z.string().optional(),
  overlap: z.number().optional(),
  /** The file that is missing, or cannot be read. */
  missing: z.string().optional(),
  reason: z.string().optional(),
});
export type PredictionRecord = z.infer<typeof RECORD>;

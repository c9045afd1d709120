import { z } from 'zod';
import { DEFAULT_MASK_TOKENS, DEFAULT_NEW_TOKENS } from '../../pipeline/default-new-tokens.js';

const words = z.string().trim().min(1).max(1000);
const things = z.array(z.string().trim().min(1).max(100)).min(1).max(32);
const lang = z.string().max(10).default('en');

/** What is asked about every window of a stream. */
const streamTaskBody = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('caption'), lang }),
  z.strictObject({ task: z.literal('ask'), question: words, lang }),
  z.strictObject({ task: z.literal('prompt'), prompt: words }),
  z.strictObject({ task: z.literal('detect'), things }),
  z.strictObject({ task: z.literal('segment'), things }),
  z.strictObject({ task: z.literal('refer'), expression: words }),
  z.strictObject({ task: z.literal('read') }),
]);
export type StreamTaskBody = z.infer<typeof streamTaskBody>;

const slot = z.strictObject({
  days: z.array(z.int().min(0).max(6)).max(7),
  from: z.string().max(5),
  until: z.string().max(5),
});

/** What a stream is asked, as a client words it; the pipeline checks the numbers. */
export const streamPlanBody = z.strictObject({
  frames: z.int().min(1).max(256).optional(),
  window_seconds: z.number().default(4),
  overlap_seconds: z.number().default(0),
  tasks: z
    .array(streamTaskBody)
    .max(16)
    .default([{ task: 'caption', lang: 'en' }]),
  max_new_tokens: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe(`${DEFAULT_NEW_TOKENS} when left out, ${DEFAULT_MASK_TOKENS} where a task is segment`),
  motion_gate: z
    .strictObject({ threshold: z.number(), at_least_every_seconds: z.number().nullable().default(null) })
    .nullable()
    .default(null),
  schedule: z
    .strictObject({ time_zone: z.string().max(60), slots: z.array(slot).max(64) })
    .nullable()
    .default(null),
});
export type StreamPlanBody = z.infer<typeof streamPlanBody>;

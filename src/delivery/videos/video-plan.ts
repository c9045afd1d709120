import { z } from 'zod';
import { DEFAULT_MASK_TOKENS, DEFAULT_NEW_TOKENS } from '../../pipeline/default-new-tokens.js';

/** As `checkPlan` allows; more frames than this no model reads. */
const frames = z.int().min(1).max(256).optional();
const seconds = z.number().min(0.01).max(86_400);
const lang = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z]{2,4})?$/i, 'give a language code as "en"')
  .default('en');
/** A prompt of PaliGemma is a sentence. */
const words = z.string().trim().min(1).max(1000);
const things = z.array(z.string().trim().min(1).max(100)).min(1).max(32);
const newTokens = z.int().min(1).max(1024);
const common = {
  start_seconds: z.number().min(0).max(1e7).optional(),
  end_seconds: z.number().min(0).max(1e7).optional(),
  max_new_tokens: newTokens.default(DEFAULT_NEW_TOKENS),
};
const windows = {
  frames,
  /** Windows of so many seconds; the whole at once when left out. */
  window_seconds: seconds.optional(),
  /** A window every so many seconds: each after the other when left out. */
  every_seconds: seconds.optional(),
};
const looks = { frames, every_seconds: seconds.optional() };
const masks = { ...looks, ...common, max_new_tokens: newTokens.default(DEFAULT_MASK_TOKENS) };

/** One thing that is done with a video. */
export const videoTaskBody = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('summary'), lang, frames, ...common }),
  z.strictObject({ task: z.literal('captions'), lang, ...windows, ...common }),
  z.strictObject({ task: z.literal('ask'), question: words, lang, ...windows, ...common }),
  z.strictObject({ task: z.literal('prompt'), prompt: words, ...windows, ...common }),
  z.strictObject({ task: z.literal('detect'), things, ...looks, ...common }),
  z.strictObject({ task: z.literal('segment'), things, ...masks }),
  z.strictObject({ task: z.literal('refer'), expression: words, ...looks, ...common }),
  z.strictObject({ task: z.literal('read'), ...looks, ...common }),
]);
export type VideoTaskBody = z.infer<typeof videoTaskBody>;
/** As a client may word it: what it leaves out is the server's to say. */
export type VideoTaskWish = z.input<typeof videoTaskBody>;

/** More in one plan are better two plans. */
const MAX_TASKS = 16;

export const videoPlan = z.strictObject({ tasks: z.array(videoTaskBody).min(1).max(MAX_TASKS) });
export type VideoPlan = z.infer<typeof videoPlan>;

/** What is done with a video when nothing is said: a caption of the whole, and one of every five seconds. */
export const DEFAULT_PLAN: VideoPlan = videoPlan.parse({
  tasks: [{ task: 'summary' }, { task: 'captions', window_seconds: 5 }],
});

import { z } from 'zod';
import { liveTopic } from './live-topic.js';
import { picturesPerSecond } from '../streams/pictures-per-second.js';

const topic = liveTopic;
const words = z.string().trim().min(1).max(1000);

/** A question about a topic; exactly one of `question` and `prompt`. */
export const askFields = {
  /** Asked as `answer LANG QUESTION`. */
  question: words.optional(),
  /** The model's prompt in the caller's own words. */
  prompt: words.optional(),
  lang: z.string().max(10).optional(),
  frames: z.int().min(1).max(256).optional(),
  max_new_tokens: z.int().min(1).max(1024).optional(),
  /** Videos: a part of it. */
  start_seconds: z.number().min(0).optional(),
  end_seconds: z.number().min(0).optional(),
  /** Streams: the last so many seconds. */
  seconds: z.number().min(0.01).max(3600).optional(),
};

/** What a client of `/v1/live` may send. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('subscribe'),
    topic,
    /** The last number the client has: what came after is sent first. Left out: only what comes from now on. */
    after: z.int().min(0).optional(),
    /** Only events of these kinds. */
    kinds: z.array(z.string().max(40)).min(1).max(32).optional(),
  }),
  z.strictObject({ type: z.literal('unsubscribe'), topic }),
  z.strictObject({ type: z.literal('ask'), topic, id: z.string().min(1).max(100), ...askFields }),
  z.strictObject({ type: z.literal('cancel'), id: z.string().min(1).max(100) }),
  z.strictObject({
    type: z.literal('watch'),
    topic: z.string().regex(/^streams\/[\w-]{1,64}$/, 'give streams/ID'),
    /** At most so many pictures a second. */
    fps: picturesPerSecond(z.number()),
  }),
  z.strictObject({ type: z.literal('unwatch'), topic }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;
export type AskMessage = Extract<ClientMessage, { type: 'ask' }>;

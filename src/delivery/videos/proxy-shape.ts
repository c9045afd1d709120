import { z } from 'zod';

/** How the copy of a video stands that every browser plays. */
export const proxyShape = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('waiting') }),
  /** `progress` from 0 to 1; null while nobody knows. */
  z.object({ state: z.literal('making'), progress: z.number().nullable() }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string() }),
]);
export type ProxyState = z.infer<typeof proxyShape>;

/** The answer to who has one made. */
export const proxyAnswerShape = z.object({ proxy: proxyShape, url: z.string() });
export type ProxyAnswer = z.infer<typeof proxyAnswerShape>;

import { z } from 'zod';

const seconds = z.number().min(0).max(1e7);
/** Data URLs are long: the size of the whole request is what bounds them. */
const url = z.string().min(1);

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({
    url,
    /** Taken and of no effect: the model sees every picture at its own size. */
    detail: z.enum(['auto', 'low', 'high']).optional(),
  }),
});
const videoPart = z.strictObject({
  type: z.literal('video_url'),
  video_url: z.strictObject({
    url,
    /** Looked at, evenly over the part; as many as suit the model when left out. */
    frames: z.int().min(1).max(256).optional(),
    start_seconds: seconds.optional(),
    end_seconds: seconds.optional(),
  }),
});
const contentPart = z.discriminatedUnion('type', [textPart, imagePart, videoPart]);
export type ContentPart = z.infer<typeof contentPart>;

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
});
export type ChatMessage = z.infer<typeof message>;

/** Fields that may stay at the value which asks for nothing. */
const unused = z.unknown().optional();

/** The body of `POST /v1/chat/completions`: OpenAI's, as far as the model can do it. */
export const chatBody = z.strictObject({
  model: z.string().min(1).max(300),
  messages: z.array(message).min(1).max(64),
  max_tokens: z.int().min(1).max(8192).nullish(),
  max_completion_tokens: z.int().min(1).max(8192).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).max(4)]).nullish(),
  n: z.int().min(1).max(8).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: unused })
    .nullish(),
  /** Not OpenAI's: gives the text to the model as it is. */
  raw_prompt: z.boolean().optional(),
  // What asks for nothing here: who asks, how it is billed and kept, how tools would be called.
  user: unused,
  safety_identifier: unused,
  prompt_cache_key: unused,
  prompt_cache_retention: unused,
  metadata: unused,
  store: unused,
  service_tier: unused,
  parallel_tool_calls: unused,
  reasoning_effort: unused,
  verbosity: unused,
  // What would change the answer: only the value that asks for nothing is taken.
  frequency_penalty: unused,
  presence_penalty: unused,
  logit_bias: unused,
  response_format: unused,
  tools: unused,
  tool_choice: unused,
  functions: unused,
  function_call: unused,
  modalities: unused,
  audio: unused,
  prediction: unused,
  web_search_options: unused,
});
export type ChatBody = z.infer<typeof chatBody>;

import { z } from 'zod';
import type { RouteExamples } from './route-example.js';

const MODEL = {
  ...{ id: 'nano', object: 'model', created: 1_777_622_400, owned_by: 'palistream', ready: true },
  ...{ family: 'PaliGemma 2', precision: 'f32', parameters: 15_000_000 },
  ...{ image_size: 112, tokens_per_frame: 64 },
};
const modelShape = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
  ready: z.boolean(),
  family: z.string(),
  precision: z.string(),
  parameters: z.number(),
  image_size: z.int(),
  tokens_per_frame: z.int(),
});

/** A picture of one pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const CHAT_EXAMPLES: RouteExamples = {
  'GET /v1/models': {
    answer: {
      example: { object: 'list', data: [MODEL] },
      shape: z.object({ object: z.literal('list'), data: z.array(modelShape) }),
    },
  },
  'GET /v1/models/{id}': { path: { id: 'nano' }, answer: { example: MODEL, shape: modelShape } },
  'POST /v1/chat/completions': {
    body: {
      model: 'nano',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'what is in the picture?' },
            { type: 'image_url', image_url: { url: PIXEL } },
          ],
        },
      ],
      max_completion_tokens: 32,
    },
    answer: {
      example: {
        id: 'chatcmpl-1f0c',
        object: 'chat.completion',
        created: 1_777_622_400,
        model: 'nano',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'a dog' },
            logprobs: null,
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 80, completion_tokens: 3, total_tokens: 83 },
      },
      shape: z.looseObject({
        id: z.string(),
        object: z.literal('chat.completion'),
        created: z.int(),
        model: z.string(),
        choices: z.array(
          z.looseObject({
            index: z.int(),
            message: z.looseObject({ role: z.literal('assistant'), content: z.string().nullable() }),
            finish_reason: z.string(),
          }),
        ),
        usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
      }),
    },
  },
};

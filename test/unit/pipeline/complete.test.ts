import { expect, it } from 'vitest';
import type { Generation, GenerationStep } from '../../../src/language/generation.js';
import type { Model, ModelRequest } from '../../../src/model/model.js';
import { complete } from '../../../src/pipeline/completion/complete.js';
import type { CompletionEvent } from '../../../src/pipeline/completion/completion.js';
import { FakeModel } from './fake-model.js';

const STEP = { id: 1, logprob: -0.5, topIds: [1, 2], topLogprobs: [-0.5, -1] };

/** `[token, text]` of each step; a token of null is the closing one. */
async function told(
  script: readonly (readonly [string | null, string])[],
  stopped: Generation['stopped'],
): Promise<{ events: CompletionEvent[]; request: ModelRequest | undefined }> {
  const steps = script.map(([token, text]): GenerationStep =>
    token === null ? { ...STEP, text } : { ...STEP, text, token, topTokens: [token, ' no'] },
  );
  const model: Model = new FakeModel();
  let request: ModelRequest | undefined;
  model.generate = async function* (given) {
    request = given;
    await Promise.resolve();
    for (const step of steps) yield { kind: 'step', step };
    const text = steps.map((step) => step.text).join('');
    const timing = { encodeMs: 0, prefillMs: 0, decodeMs: 0 };
    yield {
      kind: 'done',
      generation: { ids: [], text, steps, stopped, promptIds: [2, 5, 6], imageTokens: 9, timing },
    };
  };
  const events: CompletionEvent[] = [];
  const asked = {
    frames: [],
    prompt: 'p',
    options: { sampling: { kind: 'greedy' }, maxNewTokens: 9, topLogprobs: 2 },
  } as const;
  for await (const event of complete(model, asked)) events.push(event);
  return { events, request };
}

const tokensOf = (events: readonly CompletionEvent[]) =>
  events.map(({ tokens }) => tokens.map(({ text }) => text));

it('tells each piece with its token, and at last what it cost', async () => {
  const { events, request } = await told(
    [
      ['a', 'a'],
      [' dog', ' dog'],
      [null, ''],
    ],
    'eos',
  );
  expect(events).toEqual([
    { kind: 'text', text: 'a', tokens: [expect.objectContaining({ text: 'a', logprob: -0.5 })] },
    {
      kind: 'text',
      text: ' dog',
      tokens: [
        {
          text: ' dog',
          logprob: -0.5,
          likeliest: [
            { text: ' dog', logprob: -0.5 },
            { text: ' no', logprob: -1 },
          ],
        },
      ],
    },
    { kind: 'end', finish: 'stop', tokens: [], promptTokens: 3, imageTokens: 9, writtenTokens: 3 },
  ]);
  expect(request?.priority).toBe('question');
});

it('tells the bytes of a letter together with it', async () => {
  const { events } = await told(
    [
      ['<0xC3>', ''],
      ['<0xA9>', ''],
      ['!', 'é!'],
      [null, ''],
    ],
    'eos',
  );
  expect(tokensOf(events)).toEqual([['<0xC3>', '<0xA9>', '!'], []]);
});

it('tells half a letter at the end', async () => {
  const { events } = await told(
    [
      ['a', 'a'],
      ['<0xC3>', ''],
      [null, '\ufffd'],
    ],
    'eos',
  );
  expect(tokensOf(events)).toEqual([['a'], ['<0xC3>'], []]);
});

it('leaves the tokens of a stop text out, and keeps one that is half of it', async () => {
  const { events } = await told(
    [
      ['a <', 'a '],
      ['en', ''],
      ['d>', ''],
    ],
    'text',
  );
  expect(tokensOf(events)).toEqual([['a <'], []]);
  expect(events.at(-1)).toMatchObject({ finish: 'stop' });
});

it.each([
  ['a letter', ['<0xC3>', '<0xA9>'], 'é'],
  ['a sign of two letters', ['<0xF0>', '<0x9F>', '<0x90>', '<0x84>'], '🐄'],
  ['what is none', ['<0xC3>', '<0xC3>'], '\ufffd\ufffd'],
])('leaves the tokens of a stop text out also behind the bytes of %s', async (_, bytes, text) => {
  const silent = bytes.map((byte) => [byte, ''] as const);
  const atOnce = await told([...silent, ['<', text], ['end>', '']], 'text');
  expect(tokensOf(atOnce.events)).toEqual([bytes, []]);
  const later = await told([...silent, ['b', `${text}b`], ['<', ''], ['end>', '']], 'text');
  expect(tokensOf(later.events)).toEqual([[...bytes, 'b'], []]);
});

it('says that the limit ended it', async () => {
  const { events } = await told([['a', 'a']], 'limit');
  expect(events.at(-1)).toMatchObject({ finish: 'length' });
});

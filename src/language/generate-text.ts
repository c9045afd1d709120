import { throwIfCancelled } from '../shared/errors.js';
import type { ImageTokens } from '../shared/tensor.js';
import { beamSearch } from './beam-search.js';
import type { ChosenToken } from './chosen-token.js';
import type { Decoder } from './decoder.js';
import { generateTokens } from './generate-tokens.js';
import type { Generation, GenerationOptions, GenerationStep } from './generation.js';
import type { Sequence } from './sequence.js';

/** Turns ids into text one by one; the checkpoint's tokenizer gives one for each answer. */
export interface TextWriter {
  /** The text an id adds; empty for special tokens and inside a multi-byte character. */
  push(id: number): string;
  /** What an unfinished character at the end becomes. */
  end(): string;
}

export interface TextRequest {
  readonly imageTokens: ImageTokens;
  /** `<bos>`, the prompt, the newline. */
  readonly promptIds: readonly number[];
  readonly options: GenerationOptions;
  readonly eosTokenId: number;
  readonly writer: TextWriter;
}

/**
 * Answers a prompt on image tokens: yields every step, then returns the whole. Beam search knows its steps only at
 * the end, and yields them then. The steps' texts put together are the whole text.
 *
 * @returns the generation; its `encodeMs` is 0, as the pictures came encoded
 * @throws CancelledError between two steps once the signal has fired
 */
export async function* generateText(
  decoder: Decoder,
  { imageTokens, promptIds, options, eosTokenId, writer }: TextRequest,
  signal?: AbortSignal,
): AsyncGenerator<GenerationStep, Generation, undefined> {
  throwIfCancelled(signal);
  const begun = performance.now();
  const sequence = await decoder.prefill(imageTokens, promptIds, options.maxNewTokens);
  const prefilled = performance.now();

  const steps: GenerationStep[] = [];
  const { maxNewTokens, topLogprobs } = options;
  for await (const token of tokens(sequence, options, { eosTokenId, maxNewTokens, topLogprobs }, signal)) {
    const isEos = token.id === eosTokenId;
    const isLast = isEos || steps.length + 1 === maxNewTokens;
    const text = (isEos ? '' : writer.push(token.id)) + (isLast ? writer.end() : '');
    const step = { ...token, text };
    steps.push(step);
    yield step;
  }
  const ids = steps.map(({ id }) => id).filter((id) => id !== eosTokenId);
  return {
    ids,
    text: steps.map(({ text }) => text).join(''),
    steps,
    stopped: ids.length < steps.length ? 'eos' : 'limit',
    promptIds,
    imageTokens: imageTokens.dims[0] * imageTokens.dims[1],
    timing: { encodeMs: 0, prefillMs: prefilled - begun, decodeMs: performance.now() - prefilled },
  };
}

async function* tokens(
  sequence: Sequence,
  { sampling }: GenerationOptions,
  options: Parameters<typeof generateTokens>[2],
  signal: AbortSignal | undefined,
): AsyncGenerator<ChosenToken, void, undefined> {
  if (sampling.kind === 'beam') yield* await beamSearch(sequence, sampling.beams, options, signal);
  else yield* generateTokens(sequence, sampling, options, signal);
}

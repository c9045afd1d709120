import { throwIfCancelled } from '../shared/errors.js';
import type { ImageTokens } from '../shared/tensor.js';
import { beamSearch } from './beam-search.js';
import type { ChosenToken } from './chosen-token.js';
import type { Decoder } from './decoder.js';
import { generateTokens } from './generate-tokens.js';
import type { Generation, GenerationOptions, GenerationStep } from './generation.js';
import type { Sequence } from './sequence.js';
import { StopWriter } from './stop-writer.js';
import type { TextWriter } from './text-writer.js';

export interface TextRequest {
  readonly imageTokens: ImageTokens;
  /** `<bos>`, the prompt, the newline. */
  readonly promptIds: readonly number[];
  readonly options: GenerationOptions;
  readonly eosTokenId: number;
  readonly writer: TextWriter;
  /** What an id stands for in the vocabulary, for steps that are told in words. */
  readonly spell: (id: number) => string;
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
  { imageTokens, promptIds, options, eosTokenId, spell, ...request }: TextRequest,
  signal?: AbortSignal,
): AsyncGenerator<GenerationStep, Generation, undefined> {
  throwIfCancelled(signal);
  const begun = performance.now();
  const sequence = await decoder.prefill(imageTokens, promptIds, options.maxNewTokens);
  const prefilled = performance.now();

  const steps: GenerationStep[] = [];
  const { maxNewTokens, topLogprobs, stop = [], areTokensTold = false } = options;
  const writer = new StopWriter(request.writer, stop);
  for await (const token of tokens(sequence, options, { eosTokenId, maxNewTokens, topLogprobs }, signal)) {
    const isEos = token.id === eosTokenId;
    const isLast = isEos || steps.length + 1 === maxNewTokens;
    const text = (isEos ? '' : writer.push(token.id)) + (isLast ? writer.end() : '');
    const told =
      areTokensTold && !isEos ? { token: spell(token.id), topTokens: token.topIds.map(spell) } : {};
    const step = { ...token, text, ...told };
    steps.push(step);
    yield step;
    if (writer.hasStopped) break;
  }
  const ids = steps.map(({ id }) => id).filter((id) => id !== eosTokenId);
  return {
    ids,
    text: steps.map(({ text }) => text).join(''),
    steps,
    stopped: writer.hasStopped ? 'text' : ids.length < steps.length ? 'eos' : 'limit',
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

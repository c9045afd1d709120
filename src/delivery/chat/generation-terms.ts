import type { CompletionRequest } from '../../pipeline/completion/completion.js';
import type { ChatBody } from './chat-body.js';

type GenerationTerms = CompletionRequest['options'];

/** PaliGemma ends its answers itself; this bounds one that does not. */
const DEFAULT_TOKENS = 256;
const SEEDS = 2 ** 32;

/**
 * How a choice is written. Without a temperature the likeliest text is taken, as PaliGemma is meant to be used, and a
 * `top_p` below 1 alone samples at temperature 1. Each choice of several has a seed of its own.
 * @param seed - of the first choice
 */
export function generationTerms(body: ChatBody, choice: number, seed: number): GenerationTerms {
  const { stop } = body;
  return {
    sampling: samplingOf(body, (((seed + choice) % SEEDS) + SEEDS) % SEEDS),
    maxNewTokens: body.max_completion_tokens ?? body.max_tokens ?? DEFAULT_TOKENS,
    topLogprobs: body.logprobs === true ? (body.top_logprobs ?? 0) : 0,
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    areTokensTold: body.logprobs === true,
  };
}

function samplingOf({ temperature, top_p: topP }: ChatBody, seed: number): GenerationTerms['sampling'] {
  const isNarrowed = topP !== undefined && topP !== null && topP < 1;
  const heat = temperature ?? (isNarrowed ? 1 : 0);
  if (heat === 0) return { kind: 'greedy' };
  return { kind: 'sample', temperature: heat, topK: null, topP: isNarrowed ? topP : null, seed };
}

import type { CompletionEvent } from '../../pipeline/completion/completion.js';

/** What an answer cost: the prompt, with the image tokens, is counted once, however many choices were written. */
export function usageBody(ends: readonly Extract<CompletionEvent, { kind: 'end' }>[]): object {
  const [first] = ends;
  const imageTokens = first?.imageTokens ?? 0;
  const promptTokens = imageTokens + (first?.promptTokens ?? 0);
  const completionTokens = ends.reduce((sum, { writtenTokens }) => sum + writtenTokens, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { image_tokens: imageTokens, cached_tokens: 0, audio_tokens: 0 },
  };
}

import type { GenerationStep } from './generation.js';
import { logNormalizer } from './log-normalizer.js';
import { topIds } from './top-ids.js';

/** A step before it has become text. */
export type ChosenToken = Omit<GenerationStep, 'text'>;

/** For one row of logits: tells of any id how likely it is, and what the likeliest are. */
export function tokenTeller(logits: Float32Array, topLogprobs: number): (id: number) => ChosenToken {
  const normalizer = logNormalizer(logits);
  const logprob = (id: number) => (logits[id] ?? -Infinity) - normalizer;
  const ids = topIds(logits, topLogprobs);
  const logprobs = ids.map(logprob);
  return (id) => ({ id, logprob: logprob(id), topIds: ids, topLogprobs: logprobs });
}

import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../shared/errors.js';
import { tokenTeller, type ChosenToken } from './chosen-token.js';
import type { Sampling } from './generation.js';
import { randomStream } from './random.js';
import { sampleId } from './sample-id.js';
import type { Sequence } from './sequence.js';
import { topIds } from './top-ids.js';

export interface TokenOptions {
  readonly eosTokenId: number;
  readonly maxNewTokens: number;
  readonly topLogprobs: number;
}

/**
 * Writes one id after the other, each told as soon as it is chosen, until eos (told too) or the limit.
 * @throws CancelledError between two ids once the signal has fired
 */
export async function* generateTokens(
  sequence: Sequence,
  sampling: Exclude<Sampling, { kind: 'beam' }>,
  options: TokenOptions,
  signal?: AbortSignal,
): AsyncGenerator<ChosenToken, void, undefined> {
  const choose = chooser(sampling);
  for (let count = 1; ; count++) {
    throwIfCancelled(signal);
    const { logits } = sequence;
    const id = choose(logits);
    yield tokenTeller(logits, options.topLogprobs)(id);
    if (id === options.eosTokenId || count === options.maxNewTokens) return;
    await setImmediate(); // computing occupies the thread: let messages in, a cancellation among them
    throwIfCancelled(signal);
    await sequence.append(id);
  }
}

function chooser(sampling: Exclude<Sampling, { kind: 'beam' }>): (logits: Float32Array) => number {
  if (sampling.kind === 'greedy') return (logits) => topIds(logits, 1)[0] ?? 0;
  const random = randomStream(sampling.seed);
  return (logits) => sampleId(logits, sampling, random);
}

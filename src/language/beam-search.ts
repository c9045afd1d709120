import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../shared/errors.js';
import { tokenTeller, type ChosenToken } from './chosen-token.js';
import type { TokenOptions } from './generate-tokens.js';
import type { Sequence } from './sequence.js';
import { topIds } from './top-ids.js';

interface Beam {
  readonly sequence: Sequence;
  readonly tokens: readonly ChosenToken[];
  /** Sum of the tokens' log-probabilities, not divided by their number. */
  readonly score: number;
}

interface Candidate {
  readonly parent: Beam;
  readonly token: ChosenToken;
  readonly score: number;
}

/**
 * The likeliest finished text that beam search finds, its closing eos included, at most `maxNewTokens` ids.
 *
 * Each step first tries to end every live beam with eos and remembers the best finished text so far; then it goes on
 * with the best continuations that are not eos, and stops when the best live beam has become less likely than the
 * best finished text, or at the limit. Source: big_vision's `beam_decode`, paligemma.md section 4.4.
 *
 * Memory: one key/value cache for each beam.
 * @throws CancelledError between two steps once the signal has fired
 */
export async function beamSearch(
  start: Sequence,
  beams: number,
  options: TokenOptions,
  signal?: AbortSignal,
): Promise<readonly ChosenToken[]> {
  let live: Beam[] = [{ sequence: start, tokens: [], score: 0 }];
  let best: { tokens: readonly ChosenToken[]; score: number } = { tokens: [], score: -Infinity };
  for (let count = 1; ; count++) {
    throwIfCancelled(signal);
    const candidates: Candidate[] = [];
    for (const parent of live) {
      const { logits } = parent.sequence;
      const tell = tokenTeller(logits, options.topLogprobs);
      const extend = (id: number): Candidate => {
        const token = tell(id);
        return { parent, token, score: parent.score + token.logprob };
      };
      const ended = extend(options.eosTokenId);
      if (ended.score > best.score) best = { tokens: [...parent.tokens, ended.token], score: ended.score };
      // One more than there are beams: eos may be among them.
      const likely = topIds(logits, beams + 1).filter((id) => id !== options.eosTokenId);
      candidates.push(...likely.map(extend));
    }
    candidates.sort((a, b) => b.score - a.score); // stable: of equals the earlier beam's comes first
    const chosen = candidates.slice(0, beams);
    const isDecided = (chosen[0]?.score ?? -Infinity) < best.score;
    if (isDecided || count === options.maxNewTokens) return best.tokens;

    live = takeOver(live, chosen);
    await setImmediate(); // computing occupies the thread: let messages in, a cancellation among them
    throwIfCancelled(signal);
    // All at once: the decoder computes them together.
    await Promise.all(
      live.map(({ sequence, tokens }) =>
        sequence.append(tokens[tokens.length - 1]?.id ?? options.eosTokenId),
      ),
    );
  }
}

/**
 * Gives every chosen candidate a sequence that holds what its parent wrote: the first child keeps its parent's, the
 * others take those of beams that have no child, or a fork while there are not enough.
 */
function takeOver(live: readonly Beam[], chosen: readonly Candidate[]): Beam[] {
  const parents = new Set(chosen.map(({ parent }) => parent));
  const free = live.filter((beam) => !parents.has(beam)).map(({ sequence }) => sequence);
  const kept = new Set<Beam>();
  return chosen.map(({ parent, token, score }) => {
    let { sequence } = parent;
    if (kept.has(parent)) {
      const spare = free.pop();
      spare?.become(sequence);
      sequence = spare ?? sequence.fork();
    }
    kept.add(parent);
    return { sequence, tokens: [...parent.tokens, token], score };
  });
}

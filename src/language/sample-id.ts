import type { Sampling } from './generation.js';
import { topIds } from './top-ids.js';

/** Distances below the best logit at which the nucleus is looked for; the last one takes everything. */
const NUCLEUS_STEPS = [4, 8, 16, Infinity];

/**
 * Draws an id: temperature first, then the k likeliest, then the smallest set of those whose probability reaches p,
 * as Hugging Face orders them.
 * @param random - in [0, 1); called once
 */
export function sampleId(
  logits: Float32Array,
  sampling: Extract<Sampling, { kind: 'sample' }>,
  random: () => number,
): number {
  const { temperature, topK, topP } = sampling;
  const [best = 0] = topIds(logits, 1);
  const max = logits[best] ?? 0;
  const weigh = (id: number) => Math.exp(((logits[id] ?? -Infinity) - max) / temperature);

  const isLimited = topK !== null && topK < logits.length;
  let ids: ArrayLike<number> = isLimited ? topIds(logits, topK) : allIds(logits);
  let total = sum(ids, weigh);
  if (topP !== null && topP < 1) {
    ids = nucleus(logits, ids, topP * total, (id) => (max - (logits[id] ?? -Infinity)) / temperature);
    total = sum(ids, weigh);
  }

  let rest = random() * total;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? best;
    rest -= weigh(id);
    if (rest < 0) return id;
  }
  return best; // rounding left a crumb
}

/** The fewest likeliest ids whose weights, `exp(-distance)`, reach `enough`; sorts no more of them than needed. */
function nucleus(
  logits: Float32Array,
  ids: ArrayLike<number>,
  enough: number,
  distance: (id: number) => number,
): number[] {
  let near: number[] = [];
  for (const step of NUCLEUS_STEPS) {
    near = [];
    let weight = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      const far = distance(id);
      if (far > step) continue;
      near.push(id);
      weight += Math.exp(-far);
    }
    if (weight >= enough) break;
  }
  near.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  let reached = 0;
  const count = near.findIndex((id) => (reached += Math.exp(-distance(id))) >= enough);
  return count === -1 ? near : near.slice(0, count + 1);
}

function allIds(logits: Float32Array): Uint32Array {
  return Uint32Array.from(logits.keys());
}

function sum(ids: ArrayLike<number>, weigh: (id: number) => number): number {
  let total = 0;
  for (let i = 0; i < ids.length; i++) total += weigh(ids[i] ?? 0);
  return total;
}

import type { Answer } from './answers.js';
import type { SceneRequest } from './scene-requests.js';

/** How one precision differs from float32, over all requests. */
export interface Comparison {
  readonly steps: number;
  /** Of the reference's ids: mean and 99th percentile of the absolute change of log-probability. */
  readonly meanChange: number;
  readonly p99Change: number;
  /** Mean Kullback-Leibler divergence from the reference's distribution, nats a step. */
  readonly divergence: number;
  /** Share of steps whose likeliest id is the reference's. */
  readonly sameChoice: number;
  /** Share of answers equal to the reference's, word for word. */
  readonly sameAnswer: number;
  /** Share of right answers by group of tasks. */
  readonly scores: ReadonlyMap<string, number>;
}

export function compare(
  requests: readonly SceneRequest[],
  reference: readonly Answer[],
  given: readonly Answer[],
): Comparison {
  const changes: number[] = [];
  let divergence = 0;
  let same = 0;
  reference.forEach(({ ids, logprobs }, i) => {
    ids.forEach((id, step) => {
      const wanted = logprobs[step] ?? new Float32Array();
      const found = given[i]?.logprobs[step] ?? new Float32Array();
      changes.push(Math.abs((found[id] ?? 0) - (wanted[id] ?? 0)));
      divergence += wanted.reduce((sum, p, other) => sum + Math.exp(p) * (p - (found[other] ?? 0)), 0);
      if (likeliest(found) === likeliest(wanted)) same++;
    });
  });
  changes.sort((a, b) => a - b);
  const steps = changes.length;
  return {
    steps,
    meanChange: changes.reduce((sum, change) => sum + change, 0) / steps,
    p99Change: changes[Math.floor(0.99 * (steps - 1))] ?? 0,
    divergence: divergence / steps,
    sameChoice: same / steps,
    sameAnswer: share(reference.map(({ text }, i) => text === given[i]?.text)),
    scores: scores(requests, given),
  };
}

function scores(requests: readonly SceneRequest[], given: readonly Answer[]): Map<string, number> {
  const groups = new Map<string, boolean[]>();
  requests.forEach(({ media, type, answer }, i) => {
    const group = `${type === 'caption' ? 'captions' : 'answers'}, ${media}`;
    const right = groups.get(group) ?? [];
    right.push(given[i]?.text === answer);
    groups.set(group, right);
  });
  return new Map([...groups].map(([group, right]) => [group, share(right)]));
}

function likeliest(logprobs: Float32Array): number {
  return logprobs.reduce((best, value, id) => (value > (logprobs[best] ?? -Infinity) ? id : best), 0);
}

function share(all: readonly boolean[]): number {
  return all.filter(Boolean).length / all.length;
}

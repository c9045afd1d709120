import type { TextConfig } from '../checkpoint/config.js';
import type { CachedRows } from './decoder-context.js';
import { MICROSOFT, type GraphBuilder } from './graph-builder.js';

/**
 * Folded queries `[K, R, D]` over the cached rows and new ones: `[K, R, D]`. The cached rows are used where they
 * lie: two score products and one softmax over both, no copy of the past.
 *
 * @param pastAndNewRows - int64 `[2]`; there must be at least one cached row
 */
export function attendToAll(
  graph: GraphBuilder,
  config: TextConfig,
  query: string,
  past: CachedRows,
  fresh: CachedRows,
  pastAndNewRows: string,
): string {
  const cap = config.attentionSoftcap;
  // [P, K, D] is read as [K, P, D] in place. Such a product cannot take P = 0.
  const inPlace = { transBatchB: { int: 1 } };
  const alpha = cap === null ? config.queryScale : config.queryScale / cap;
  const score = (keys: string) =>
    graph.node('FusedMatMul', [query, keys], {
      domain: MICROSOFT,
      attributes: { ...inPlace, transB: { int: 1 }, alpha },
    });
  const mix = (probabilities: string, values: string) =>
    graph.node('FusedMatMul', [probabilities, values], { domain: MICROSOFT, attributes: inPlace });

  const lastAxis = { attributes: { axis: { int: -1 } } };
  const scores = graph.node('Concat', [score(past.keys), score(fresh.keys)], lastAxis); // [K, R, P + S]
  const probabilities = graph.node('Softmax', [cap === null ? scores : softcap(graph, scores, cap)]);
  const parts = graph.nodeWithOutputs('Split', [probabilities, pastAndNewRows], [true, true], lastAxis);
  return graph.node('Add', [mix(parts[0] ?? '', past.values), mix(parts[1] ?? '', fresh.values)]);
}

/** `cap * tanh(scores)`; the scores come divided by the cap already. */
export function softcap(graph: GraphBuilder, scores: string, cap: number): string {
  return graph.node('Mul', [graph.node('Tanh', [scores]), graph.scalar(cap)]);
}

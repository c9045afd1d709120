import type { DecoderContext } from './decoder-context.js';
import { MICROSOFT, type GraphBuilder } from './graph-builder.js';

export interface DecoderAttention {
  /** `[Q, E]`: Q query rows. */
  readonly x: string;
  /** `[S, K, D]`, turned already: this is what the cache keeps. */
  readonly newKeys: string;
  readonly newValues: string;
}

/**
 * Grouped-query attention of the new rows over the cached and the new ones. `x` is `[S, E]`.
 *
 * The query heads that share a key/value head are folded into rows, `[K, Q * G, D]` with G = heads / K, so that
 * each key is read once for all of them. The cached rows are used where they lie: two score products and one
 * softmax over both, no copy of the past.
 */
export function decoderAttention(
  context: DecoderContext,
  x: string,
  name: string,
  past: { readonly keys: string; readonly values: string },
  onlyLastRow: boolean,
): DecoderAttention {
  const { graph, linear, config } = context;
  const { heads, keyValueHeads, headDim } = config;
  const rowsOfKeys = graph.integers([-1, keyValueHeads, headDim]);
  const last = graph.integers([-1]);

  const asking = onlyLastRow ? graph.node('Gather', [x, last]) : x;
  const positions = onlyLastRow
    ? graph.node('Gather', [context.rotary.positions, last], { attributes: { axis: { int: 1 } } })
    : context.rotary.positions;
  const query = rotate(context, linear(graph, asking, `${name}.q_proj`), heads, positions);
  const key = rotate(context, linear(graph, x, `${name}.k_proj`), keyValueHeads, context.rotary.positions);
  const newKeys = graph.node('Reshape', [key, rowsOfKeys]);
  const newValues = graph.node('Reshape', [linear(graph, x, `${name}.v_proj`), rowsOfKeys]);

  const folded = foldHeads(context, query); // [K, Q * G, D]
  const mixed = graph.choose(
    context.hasNoPast,
    (branch) => attendToNew(branch, context, folded, newKeys, newValues),
    (branch) => attendToAll(branch, context, folded, past, newKeys, newValues),
  );
  const unfolded = unfoldHeads(context, mixed); // [Q, heads * D]
  return { x: linear(graph, unfolded, `${name}.o_proj`), newKeys, newValues };
}

/** Rotary embedding of `[rows, heads * D]`, halves turned against each other; `[1, rows, heads * D]` comes out. */
function rotate({ graph, rotary }: DecoderContext, x: string, heads: number, positions: string): string {
  const batched = graph.node('Unsqueeze', [x, graph.integers([0])]);
  return graph.node('RotaryEmbedding', [batched, positions, rotary.cosines, rotary.sines], {
    domain: MICROSOFT,
    attributes: { num_heads: { int: heads } },
  });
}

function foldHeads({ graph, config }: DecoderContext, query: string): string {
  const { heads, keyValueHeads, headDim } = config;
  const folded = graph.integers([keyValueHeads, -1, headDim]);
  if (keyValueHeads === 1) return graph.node('Reshape', [query, folded]);
  const split = graph.integers([-1, keyValueHeads, heads / keyValueHeads, headDim]);
  return graph.node('Reshape', [swapFirstTwo(graph, graph.node('Reshape', [query, split]), 4), folded]);
}

function unfoldHeads({ graph, config }: DecoderContext, mixed: string): string {
  const { heads, keyValueHeads, headDim } = config;
  const flat = graph.integers([-1, heads * headDim]);
  if (keyValueHeads === 1) return graph.node('Reshape', [mixed, flat]);
  const split = graph.integers([keyValueHeads, -1, heads / keyValueHeads, headDim]);
  return graph.node('Reshape', [swapFirstTwo(graph, graph.node('Reshape', [mixed, split]), 4), flat]);
}

/** A whole prefix: the fused kernel needs no memory for the scores, but knows no softcap. */
function attendToNew(
  graph: GraphBuilder,
  { config }: DecoderContext,
  query: string,
  keys: string,
  values: string,
): string {
  const [k, v] = [swapFirstTwo(graph, keys, 3), swapFirstTwo(graph, values, 3)]; // [K, S, D]
  if (config.attentionSoftcap === null) {
    return graph.node('MultiHeadAttention', [query, k, v], {
      domain: MICROSOFT,
      attributes: { num_heads: { int: 1 }, scale: config.queryScale },
    });
  }
  const attributes = { transB: { int: 1 }, alpha: config.queryScale / config.attentionSoftcap };
  const scores = graph.node('FusedMatMul', [query, k], { domain: MICROSOFT, attributes });
  const capped = softcap(graph, scores, config.attentionSoftcap);
  return graph.node('MatMul', [graph.node('Softmax', [capped]), v]);
}

function attendToAll(
  graph: GraphBuilder,
  { config, pastAndNewRows }: DecoderContext,
  query: string,
  past: { readonly keys: string; readonly values: string },
  newKeys: string,
  newValues: string,
): string {
  const cap = config.attentionSoftcap;
  // [P, K, D] is read as [K, P, D] in place. Such a product cannot take P = 0: that is the other branch.
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
  const scores = graph.node('Concat', [score(past.keys), score(newKeys)], lastAxis); // [K, Q * G, P + S]
  const probabilities = graph.node('Softmax', [cap === null ? scores : softcap(graph, scores, cap)]);
  const parts = graph.nodeWithOutputs('Split', [probabilities, pastAndNewRows], [true, true], lastAxis);
  return graph.node('Add', [mix(parts[0] ?? '', past.values), mix(parts[1] ?? '', newValues)]);
}

/** `cap * tanh(scores)`; the scores come divided by the cap already. */
function softcap(graph: GraphBuilder, scores: string, cap: number): string {
  return graph.node('Mul', [graph.node('Tanh', [scores]), graph.scalar(cap)]);
}

function swapFirstTwo(graph: GraphBuilder, x: string, rank: number): string {
  const perm = [1, 0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)];
  return graph.node('Transpose', [x], { attributes: { perm: { ints: perm } } });
}

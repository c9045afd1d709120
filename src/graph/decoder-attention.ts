import { attendInBatch } from './attend-in-batch.js';
import { attendToAll, softcap } from './attend-to-all.js';
import type { CachedRows, DecoderContext } from './decoder-context.js';
import { MICROSOFT, type GraphBuilder } from './graph-builder.js';

/**
 * Keys and values of rows `[S, E]`: `[S, K, D]` each, keys turned already. This is what the cache keeps.
 */
export function keysAndValues(context: DecoderContext, x: string, name: string): CachedRows {
  const { graph, linear, config } = context;
  const { keyValueHeads, headDim } = config;
  const rowsOfKeys = graph.integers([-1, keyValueHeads, headDim]);
  const key = rotate(context, linear(graph, x, `${name}.k_proj`), keyValueHeads, context.rotary.positions);
  return {
    keys: graph.node('Reshape', [key, rowsOfKeys]),
    values: graph.node('Reshape', [linear(graph, x, `${name}.v_proj`), rowsOfKeys]),
  };
}

/**
 * Grouped-query attention of rows `[Q, E]` over the cached rows and all new ones: `[Q, E]`.
 *
 * The query heads that share a key/value head are folded into rows, `[K, Q * G, D]` with G = heads / K, so that
 * each key is read once for all of them.
 *
 * @param pasts - one for each place of a sequence
 * @param fresh - keys and values of all new rows
 */
export function decoderAttention(
  context: DecoderContext,
  x: string,
  name: string,
  pasts: readonly CachedRows[],
  fresh: CachedRows,
): string {
  const { graph, linear, config, rotary } = context;
  const query = rotate(context, linear(graph, x, `${name}.q_proj`), config.heads, rotary.positions);
  const mixed = graph.choose(
    context.isBatch,
    (branch) => attendInBatch(branch, context, query, pasts, fresh),
    (branch) => attendAlone(branch, context, query, pasts[0] ?? fresh, fresh),
  );
  return linear(graph, mixed, `${name}.o_proj`);
}

/** Rotary embedding of `[rows, heads * D]`, halves turned against each other; `[1, rows, heads * D]` comes out. */
function rotate({ graph, rotary }: DecoderContext, x: string, heads: number, positions: string): string {
  const batched = graph.node('Unsqueeze', [x, graph.integers([0])]);
  return graph.node('RotaryEmbedding', [batched, positions, rotary.cosines, rotary.sines], {
    domain: MICROSOFT,
    attributes: { num_heads: { int: heads } },
  });
}

/** Rows of one sequence: every one sees all that is cached and all that is new. `[Q, heads * D]`. */
function attendAlone(
  graph: GraphBuilder,
  context: DecoderContext,
  query: string,
  past: CachedRows,
  fresh: CachedRows,
): string {
  const folded = foldHeads(graph, context, query); // [K, Q * G, D]
  const mixed = graph.choose(
    context.alone.hasPast,
    (branch) => attendToAll(branch, context.config, folded, past, fresh, context.alone.pastAndNewRows),
    (branch) => attendToNew(branch, context, folded, fresh),
  );
  return unfoldHeads(graph, context, mixed);
}

function foldHeads(graph: GraphBuilder, { config }: DecoderContext, query: string): string {
  const { heads, keyValueHeads, headDim } = config;
  const folded = graph.integers([keyValueHeads, -1, headDim]);
  if (keyValueHeads === 1) return graph.node('Reshape', [query, folded]);
  const split = graph.integers([-1, keyValueHeads, heads / keyValueHeads, headDim]);
  return graph.node('Reshape', [swapFirstTwo(graph, graph.node('Reshape', [query, split]), 4), folded]);
}

function unfoldHeads(graph: GraphBuilder, { config }: DecoderContext, mixed: string): string {
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
  fresh: CachedRows,
): string {
  const [k, v] = [swapFirstTwo(graph, fresh.keys, 3), swapFirstTwo(graph, fresh.values, 3)]; // [K, S, D]
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

function swapFirstTwo(graph: GraphBuilder, x: string, rank: number): string {
  const perm = [1, 0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)];
  return graph.node('Transpose', [x], { attributes: { perm: { ints: perm } } });
}

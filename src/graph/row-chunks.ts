import type { TextConfig } from '../checkpoint/config.js';
import { MAX_SEQUENCES } from './decoder-ports.js';
import type { GraphBuilder } from './graph-builder.js';
import type { Precision } from './precision.js';

/** Of the widest activation of a layer: more falls out of the processor's cache, and products run at half the speed. */
const WIDEST_BYTES = 16 * 1024 * 1024;

/** A layer that can take so many rows at once is not cut: few prefixes are longer. */
const LONG_PREFIX = 4096;

/**
 * How many rows a layer computes at once, a power of two, or null for as many as there are. Never fewer than there can
 * be sequences: those that go on together take one row each, and stay together.
 *
 * A prefix of 4,096 rows makes 268 MB of PaliGemma 3B's MLP, several times over. In chunks of 256 rows it stays in
 * the cache, and no more memory is needed than for one frame.
 */
export function rowsAtOnce({ intermediateSize }: TextConfig): number | null {
  const rows = WIDEST_BYTES / (intermediateSize * Float32Array.BYTES_PER_ELEMENT);
  return rows >= LONG_PREFIX ? null : Math.max(MAX_SEQUENCES, 2 ** Math.floor(Math.log2(rows)));
}

/**
 * As `rowsAtOnce`, but all rows where products of bytes may overflow: onnxruntime puts other kernels in their place
 * (`session.x64quantprecision`), though not in the branch that computes a chunk, and its answers would be wrong.
 */
export function rowsOfLayer(text: TextConfig, precision: Precision, mayOverflow: boolean): number | null {
  return precision === 'int8' && mayOverflow ? null : rowsAtOnce(text);
}

/** Adds the nodes that answer for some rows `[c, E]`; `positions` `[1, c]` are their rows of the rotary tables. */
export type AnswerRows = (branch: GraphBuilder, rows: string, positions: string) => string;

/**
 * Answers for rows `[S, E]` chunk by chunk: `[S, E]`.
 * @param chunkRows - int64 `[n, c]`: which row stands at each place of each chunk. All rows in order; what is missing
 *   in the last chunk is filled with any row and left out again.
 */
export function inChunks(graph: GraphBuilder, chunkRows: string, x: string, answer: AnswerRows): string {
  const chunks = graph.node('Gather', [x, chunkRows]); // [n, c, E]
  const positions = graph.node('Unsqueeze', [chunkRows, graph.integers([1])]); // [n, 1, c]
  const answers = graph.forEach(
    [
      { value: chunks, type: 'float' },
      { value: positions, type: 'int64' },
    ],
    (branch, [rows = '', places = '']) => answer(branch, rows, places),
  );
  const shape = graph.node('Shape', [x]); // [S, E]
  const width = graph.node('Slice', [shape, graph.integers([1]), graph.integers([2])]);
  const flat = graph.node('Concat', [graph.integers([-1]), width], { attributes: { axis: { int: 0 } } });
  const rows = graph.node('Slice', [shape, graph.integers([0]), graph.integers([1])]);
  return graph.node('Slice', [graph.node('Reshape', [answers, flat]), graph.integers([0]), rows]);
}

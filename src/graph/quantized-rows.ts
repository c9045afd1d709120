import type { GraphBuilder } from './graph-builder.js';

/** Rows as unsigned bytes: a number is `(byte - zero) * scale` of its row. */
export interface QuantizedRows {
  /** uint8 `[rows, width]`. */
  readonly bytes: string;
  /** `[rows, 1]`. */
  readonly scales: string;
  /** The byte that stands for 0. */
  readonly zero: string;
}

const ZERO = 128;
const LARGEST = 127;

/** Below it a row counts as zeros: its scale must not be 0. */
const SMALLEST_SCALE = 1e-30;

/** Quantizes `[rows, width]`, each row by its own largest number, once for all who ask for the same rows. */
export function quantizedRows(): (graph: GraphBuilder, x: string) => QuantizedRows {
  const known = new Map<string, QuantizedRows>();
  return (graph, x) => {
    const found = known.get(x);
    if (found !== undefined) return found;
    const ofRow = { attributes: { axes: { ints: [-1] }, keepdims: { int: 0 } } };
    // Read twice: faster than writing down the absolute numbers and reading those.
    const highest = graph.node('ReduceMax', [x], ofRow);
    const lowest = graph.node('ReduceMin', [x], ofRow);
    const largest = graph.node('Max', [highest, graph.node('Neg', [lowest])]);
    const scales = graph.node('Max', [
      graph.node('Mul', [largest, graph.scalar(1 / LARGEST)]),
      graph.scalar(SMALLEST_SCALE),
    ]); // [rows]
    const zero = graph.bytes('zero_byte', [], Uint8Array.of(ZERO));
    const zeros = graph.node('Expand', [zero, graph.node('Shape', [scales])]);
    const rows = {
      bytes: graph.node('QuantizeLinear', [x, scales, zeros], { attributes: { axis: { int: 0 } } }),
      scales: graph.node('Unsqueeze', [scales, graph.integers([1])]),
      zero,
    };
    known.set(x, rows);
    return rows;
  };
}

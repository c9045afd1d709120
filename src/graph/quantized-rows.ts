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
    const attributes = { axes: { ints: [-1] }, keepdims: { int: 1 } };
    const largest = graph.node('ReduceMax', [graph.node('Abs', [x])], { attributes });
    const scales = graph.node('Max', [
      graph.node('Mul', [largest, graph.scalar(1 / LARGEST)]),
      graph.scalar(SMALLEST_SCALE),
    ]);
    const shifted = graph.node('Add', [graph.node('Div', [x, scales]), graph.scalar(ZERO)]);
    const bytes = graph.node('Cast', [graph.node('Round', [shifted])], { attributes: { to: { int: 2 } } });
    const rows = { bytes, scales, zero: graph.bytes('zero_byte', [], Uint8Array.of(ZERO)) };
    known.set(x, rows);
    return rows;
  };
}

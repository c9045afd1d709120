import type { GraphBuilder } from './graph-builder.js';
import type { Weights } from './weights.js';

/** Gemma's norm, `x * rsqrt(mean(x^2) + epsilon) * (1 + w)`, by the name of its weight; `[rows, E]` both ways. */
export type RmsNorm = (graph: GraphBuilder, x: string, name: string) => string;

/** Reads the norms' weights once and writes `1 + w` into the graph: they are a few kilobytes each. */
export async function rmsNorms(
  weights: Weights,
  names: readonly string[],
  epsilon: number,
): Promise<RmsNorm> {
  const scales = new Map<string, Float32Array>();
  for (const name of names) {
    const weight = await weights.read(name);
    scales.set(
      name,
      weight.map((w) => 1 + w),
    );
  }
  return (graph, x, name) => {
    const scale = scales.get(name) ?? new Float32Array();
    const inputs = [x, graph.floats(name, [scale.length], scale)];
    return graph.node('SimplifiedLayerNormalization', inputs, { attributes: { axis: { int: -1 }, epsilon } });
  };
}

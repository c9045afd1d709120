import type { GraphBuilder } from './graph-builder.js';
import type { Weights } from './weights.js';

/**
 * A linear layer: `[rows, in]` -> `[rows, out]`, by the name its weight has without `.weight`.
 * Every layer of both towers goes through one of these, so that another precision is another function.
 */
export type Linear = (graph: GraphBuilder, x: string, name: string) => string;

/** Linear layers in float32, on weights that stay `[out, in]` as Hugging Face stores them. */
export function floatLinear(weights: Weights): Linear {
  return (graph, x, name) => {
    const inputs = [x, graph.weight(`${name}.weight`, weights.locate(`${name}.weight`))];
    if (weights.has(`${name}.bias`)) {
      inputs.push(graph.weight(`${name}.bias`, weights.locate(`${name}.bias`)));
    }
    return graph.node('Gemm', inputs, { attributes: { transB: { int: 1 } } });
  };
}

import type { GraphBuilder } from './graph-builder.js';
import type { Weights } from './weights.js';

/** A layer norm of the vision tower by its name: `[rows, W]` both ways. */
export function visionNorm(
  graph: GraphBuilder,
  weights: Weights,
  x: string,
  name: string,
  epsilon: number,
): string {
  const [scale, bias] = [`${name}.weight`, `${name}.bias`];
  const inputs = [x, graph.weight(scale, weights.locate(scale)), graph.weight(bias, weights.locate(bias))];
  return graph.node('LayerNormalization', inputs, { attributes: { axis: { int: -1 }, epsilon } });
}

import type { PaliGemmaConfig } from '../checkpoint/config.js';
import type { GraphBuilder } from './graph-builder.js';
import { storedLinear } from './linear.js';
import { visionBlock } from './vision-block.js';
import { visionNorm } from './vision-norm.js';
import type { Weights } from './weights.js';

const TABLE = 'vision_tower.embeddings.position_embedding.weight';

/** SigLIP and the projector on a normalised image `[F, 3, S, S]`: `[F * P, E]`, patches row-major. */
export function visionTower(
  graph: GraphBuilder,
  config: PaliGemmaConfig,
  weights: Weights,
  image: string,
): string {
  const { vision, imageTokens: patches } = config;
  const linear = storedLinear(weights);
  const embedded = graph.node('Add', [
    patchEmbeddings(graph, vision.patchSize, weights, image),
    graph.weight(TABLE, weights.locate(TABLE)),
  ]);
  let x = graph.node('Reshape', [embedded, graph.integers([-1, vision.hiddenSize])]); // [F * P, W]
  for (let layer = 0; layer < vision.layers; layer++) {
    x = visionBlock({ graph, weights, linear, config: vision, patches, layer }, x);
  }
  x = visionNorm(graph, weights, x, 'vision_tower.post_layernorm', vision.layerNormEpsilon);
  return linear(graph, x, 'multi_modal_projector.linear');
}

/** `[F, P, W]`: W the tower's width. */
function patchEmbeddings(graph: GraphBuilder, patchSize: number, weights: Weights, image: string): string {
  const parts = ['weight', 'bias'].map((part) => `vision_tower.embeddings.patch_embedding.${part}`);
  const inputs = [image, ...parts.map((part) => graph.weight(part, weights.locate(part)))];
  const attributes = { strides: { ints: [patchSize, patchSize] } };
  const grid = graph.node('Conv', inputs, { attributes }); // [F, W, rows, columns]
  const columns = graph.node('Reshape', [grid, graph.integers([0, 0, -1])]); // [F, W, P]
  return graph.node('Transpose', [columns], { attributes: { perm: { ints: [0, 2, 1] } } });
}

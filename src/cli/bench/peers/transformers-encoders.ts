import type { PaliGemmaConfig } from '../../../checkpoint/config.js';
import { GraphBuilder } from '../../../graph/graph-builder.js';
import { EMBEDDINGS } from '../../../graph/stored-format.js';
import { visionTower } from '../../../graph/vision-tower.js';
import type { Weights } from '../../../graph/weights.js';

/** `pixel_values [F, 3, S, S]` in, `image_features [F, P, E]` out, divided by sqrt(E), which the decoder undoes. */
export function transformersVisionGraph(config: PaliGemmaConfig, weights: Weights): Uint8Array {
  const graph = new GraphBuilder('vision_encoder');
  const { imageSize: side, channels } = config.vision;
  const image = graph.input('pixel_values', 'float', ['num_images', channels, side, side]);
  const x = visionTower(graph, config, weights, image);
  const scaled = graph.node('Mul', [x, graph.scalar(1 / Math.sqrt(config.text.hiddenSize))]);
  const dims = [config.imageTokens, config.projectionDim];
  graph.node('Reshape', [scaled, graph.integers([-1, ...dims])], { output: 'image_features' });
  graph.namedOutput('image_features', ['num_images', ...dims]);
  return graph.build();
}

/** `input_ids [B, T]` in, `inputs_embeds [B, T, E]` out, not scaled. */
export function transformersEmbeddingGraph(config: PaliGemmaConfig, weights: Weights): Uint8Array {
  const graph = new GraphBuilder('embed_tokens');
  const ids = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const table = graph.weight(EMBEDDINGS, weights.locate(EMBEDDINGS));
  graph.node('Gather', [table, ids], { output: 'inputs_embeds' });
  graph.namedOutput('inputs_embeds', ['batch_size', 'sequence_length', config.text.hiddenSize]);
  return graph.build();
}

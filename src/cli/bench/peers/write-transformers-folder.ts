import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import { storedWeights } from '../../../graph/stored-weights.js';
import type { Weights } from '../../../graph/weights.js';
import { writeConverted } from '../../../graph/write-converted.js';
import { transformersDecoderGraph } from './transformers-decoder.js';
import { transformersEmbeddingGraph, transformersVisionGraph } from './transformers-encoders.js';
import {
  TRANSFORMERS_GRAPHS,
  transformersLayout,
  type TransformersGraph,
  type TransformersType,
} from './transformers-layout.js';

/**
 * Writes a checkpoint in the layout of transformers.js: the same numbers, in `onnx/`. What is there already is not
 * written again; the weights get their names only when they are whole.
 *
 * @returns bytes of its weights
 */
export async function writeTransformersFolder(
  checkpoint: Checkpoint,
  folder: string,
  type: TransformersType,
): Promise<number> {
  const onnx = join(folder, 'onnx');
  await mkdir(onnx, { recursive: true });
  let bytes = 0;
  for (const graph of TRANSFORMERS_GRAPHS) {
    const layout = transformersLayout(checkpoint, graph, type);
    await writeConverted(layout, onnx);
    const weights = storedWeights(checkpoint, layout, layout.fileName, () => '');
    await writeFile(join(onnx, layout.stem), await graphOf(graph, checkpoint, weights));
    bytes += layout.byteLength;
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(checkpoint)));
  return bytes;
}

async function graphOf(
  graph: TransformersGraph,
  { config }: Checkpoint,
  weights: Weights,
): Promise<Uint8Array> {
  switch (graph) {
    case 'vision_encoder':
      return transformersVisionGraph(config, weights);
    case 'embed_tokens':
      return transformersEmbeddingGraph(config, weights);
    case 'decoder_model_merged':
      return transformersDecoderGraph(config, weights);
  }
}

/** Without an id that ends a text: as many words are written as were asked for. */
function configOf({ config }: Checkpoint): object {
  const { text } = config;
  return {
    model_type: 'paligemma',
    image_token_index: config.imageTokenId,
    text_config: {
      model_type: 'gemma',
      hidden_size: text.hiddenSize,
      num_hidden_layers: text.layers,
      num_attention_heads: text.heads,
      num_key_value_heads: text.keyValueHeads,
      head_dim: text.headDim,
    },
    'transformers.js_config': { use_external_data_format: true },
  };
}

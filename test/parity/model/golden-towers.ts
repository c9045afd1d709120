import { onTestFinished } from 'vitest';
import type { Checkpoint } from '../../../src/checkpoint/checkpoint.js';
import type { PaliGemmaConfig } from '../../../src/checkpoint/config.js';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { decoderGraph } from '../../../src/graph/decoder-graph.js';
import { GraphBuilder } from '../../../src/graph/graph-builder.js';
import { openWeights } from '../../../src/graph/open-weights.js';
import { visionTower } from '../../../src/graph/vision-tower.js';
import type { OpenedWeights } from '../../../src/graph/weights.js';
import { Decoder } from '../../../src/language/decoder.js';
import { Session } from '../../../src/runtime/session.js';
import { goldenNumbers } from './golden-number.js';
import { writeCheckpoint, type TextSizes, type VisionSizes } from './write-checkpoint.js';

const VISION: VisionSizes = {
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  image_size: 28,
  patch_size: 14,
};
const COMMON = {
  vocab_size: 128,
  hidden_size: 24,
  intermediate_size: 64,
  num_attention_heads: 4,
  head_dim: 16,
};
const TEXT: Record<'v1' | 'v2', TextSizes> = {
  v1: { model_type: 'gemma', ...COMMON, num_hidden_layers: 3, num_key_value_heads: 1 },
  v2: {
    model_type: 'gemma2',
    ...COMMON,
    num_hidden_layers: 4,
    num_key_value_heads: 2,
    query_pre_attn_scalar: 6,
    attn_logit_softcapping: 50,
    final_logit_softcapping: null,
  },
};

/** The ids after the image slots. */
export const PROMPT_IDS = [2, 40, 41, 42, 9];

export interface GoldenModel {
  readonly checkpoint: Checkpoint;
  readonly weights: OpenedWeights;
}

/** The model of paligemma.md section 11.1, written to disk and opened as any other. */
export async function goldenModel(version: 'v1' | 'v2'): Promise<GoldenModel> {
  const folder = await writeCheckpoint(TEXT[version], VISION, 127);
  const checkpoint = await openCheckpoint(folder);
  return { checkpoint, weights: await openWeights(checkpoint, folder, () => undefined) };
}

/** All 128 logits are compared: with the image token's own the reference has one more than can be generated. */
export async function goldenDecoder(
  { checkpoint, weights }: GoldenModel,
  change: (config: PaliGemmaConfig) => PaliGemmaConfig = (config) => config,
): Promise<Decoder> {
  const config = change({ ...checkpoint.config, imageTokenId: 128 });
  const { model, ports } = await decoderGraph(config, weights);
  const session = await Session.open({
    name: 'the decoder',
    model,
    weightsFolder: weights.folder,
    threads: 1,
  });
  onTestFinished(() => session.dispose());
  const { layers, keyValueHeads, headDim, hiddenSize: width, ropeTheta } = config.text;
  return new Decoder(session, { layers, keyValueHeads, headDim, width, ropeTheta }, ports);
}

/** The tower on the golden picture, which is not made of bytes: `[2 * 4, 24]`. */
export async function goldenImageTokens({ checkpoint, weights }: GoldenModel): Promise<Float32Array> {
  const graph = new GraphBuilder('golden');
  const image = graph.input('pixel_values', 'float', [2, 3, 28, 28]);
  graph.output('tokens', visionTower(graph, checkpoint.config, weights, image), ['rows', 24]);
  const model = graph.build();
  const session = await Session.open({ name: 'the tower', model, weightsFolder: weights.folder, threads: 1 });
  onTestFinished(() => session.dispose());
  const data = goldenNumbers('pixel_values', 2 * 3 * 28 * 28, 1);
  const { tokens } = await session.run({ pixel_values: { data, dims: [2, 3, 28, 28] } }, { tokens: null });
  return tokens?.data as Float32Array;
}

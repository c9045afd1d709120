import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { decoderGraph } from '../graph/decoder-graph.js';
import { openWeights } from '../graph/open-weights.js';
import { visionGraph } from '../graph/vision-graph.js';
import type { Weights } from '../graph/weights.js';
import { Decoder } from '../language/decoder.js';
import { Session } from '../runtime/session.js';
import { VisionEncoder } from '../vision/vision-encoder.js';

/** Both halves of a checkpoint, loaded; whoever opened them disposes of them. */
export interface Towers {
  readonly weights: Weights;
  readonly vision: VisionEncoder;
  readonly decoder: Decoder;
  readonly loading: { readonly weightsMs: number; readonly visionMs: number; readonly decoderMs: number };
}

export interface TowerOptions {
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly imageTokenCacheBytes: number;
  readonly onWarning: (message: string) => void;
}

/**
 * Builds and loads the vision tower and the decoder. On failure nothing stays behind.
 * @throws CheckpointError, EnvironmentError
 */
export async function openTowers(checkpoint: Checkpoint, options: TowerOptions): Promise<Towers> {
  const begun = performance.now();
  const weights = await openWeights(checkpoint, options.cacheDirectory, options.onWarning);
  const weightsReady = performance.now();
  try {
    const vision = await openVision(checkpoint, weights, options);
    const visionReady = performance.now();
    try {
      const decoder = await openDecoder(checkpoint, weights, options);
      const loading = {
        weightsMs: weightsReady - begun,
        visionMs: visionReady - weightsReady,
        decoderMs: performance.now() - visionReady,
      };
      return { weights, vision, decoder, loading };
    } catch (error) {
      await vision.dispose();
      throw error;
    }
  } catch (error) {
    await weights.dispose();
    throw error;
  }
}

async function openVision(
  { config, preprocessor }: Checkpoint,
  weights: Weights,
  { threads, imageTokenCacheBytes }: TowerOptions,
): Promise<VisionEncoder> {
  const graph = visionGraph(config, preprocessor, weights);
  const { model } = graph;
  const session = await Session.open({
    name: 'the vision tower',
    model,
    weightsFolder: weights.folder,
    threads,
  });
  const { imageSize } = config.vision;
  const shape = { imageSize, patches: config.imageTokens, width: config.projectionDim };
  return new VisionEncoder(session, shape, graph.ports, imageTokenCacheBytes);
}

async function openDecoder(
  { config }: Checkpoint,
  weights: Weights,
  { threads }: TowerOptions,
): Promise<Decoder> {
  const { model, ports } = await decoderGraph(config, weights);
  const session = await Session.open({ name: 'the decoder', model, weightsFolder: weights.folder, threads });
  const { layers, keyValueHeads, headDim, hiddenSize: width, ropeTheta } = config.text;
  return new Decoder(session, { layers, keyValueHeads, headDim, width, ropeTheta }, ports);
}

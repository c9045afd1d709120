import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { decoderGraph } from '../graph/decoder-graph.js';
import type { Precision } from '../graph/precision.js';
import { rowsOfLayer } from '../graph/row-chunks.js';
import { visionGraph } from '../graph/vision-graph.js';
import type { ConversionProgress } from '../graph/write-converted.js';
import { Decoder } from '../language/decoder.js';
import type { ExecutionProvider } from '../runtime/execution-provider.js';
import { bytesMayOverflow, processorFlags } from '../runtime/processor-flags.js';
import { VisionEncoder } from '../vision/vision-encoder.js';
import { towerSessions, type TowerSessions } from './tower-sessions.js';

/** Both halves of a checkpoint, loaded; whoever opened them disposes of them. */
export interface Towers {
  readonly weights: { readonly parameters: number; dispose(): Promise<void> };
  readonly vision: VisionEncoder;
  readonly decoder: Decoder;
  /** What they compute on: the processor when what was asked for does not work here. */
  readonly provider: ExecutionProvider;
  readonly loading: { readonly weightsMs: number; readonly visionMs: number; readonly decoderMs: number };
}

export interface TowerOptions {
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly imageTokenCacheBytes: number;
  /** As in `EngineSettings`. */
  readonly batchFillMs?: number;
  readonly stillThreshold?: number;
  /** float32 when it is not given. */
  readonly precision?: Precision;
  /** The processor when it is not given. */
  readonly provider?: ExecutionProvider;
  readonly onWarning: (message: string) => void;
  /** Hears how far the conversion of the weights is; never when none is needed. */
  readonly onProgress?: ConversionProgress;
}

/**
 * Builds and loads the vision tower and the decoder. On failure nothing stays behind.
 * @throws CheckpointError, EnvironmentError
 */
export async function openTowers(checkpoint: Checkpoint, options: TowerOptions): Promise<Towers> {
  const { precision = 'f32', provider = 'cpu' } = options;
  const begun = performance.now();
  const sessions = await towerSessions(checkpoint, precision, { ...options, provider });
  const weightsReady = performance.now();
  try {
    const vision = await openVision(checkpoint, sessions, options);
    const visionReady = performance.now();
    try {
      const decoder = await openDecoder(checkpoint, sessions, precision);
      const loading = {
        weightsMs: weightsReady - begun,
        visionMs: visionReady - weightsReady,
        decoderMs: performance.now() - visionReady,
      };
      await sessions.settle();
      const weights = { parameters: sessions.weights.parameters, dispose: () => sessions.dispose() };
      return { weights, vision, decoder, provider: sessions.provider, loading };
    } catch (error) {
      await vision.dispose();
      throw error;
    }
  } catch (error) {
    await sessions.dispose();
    throw error;
  }
}

async function openVision(
  { config, preprocessor }: Checkpoint,
  sessions: TowerSessions,
  { imageTokenCacheBytes, batchFillMs: fillMs, stillThreshold }: TowerOptions,
): Promise<VisionEncoder> {
  const { model, ports } = visionGraph(config, preprocessor, sessions.weights);
  const session = await sessions.open('the vision tower', model);
  const { imageSize } = config.vision;
  const shape = { imageSize, patches: config.imageTokens, width: config.projectionDim };
  return new VisionEncoder(session, shape, ports, imageTokenCacheBytes, { fillMs, stillThreshold });
}

async function openDecoder(
  { config }: Checkpoint,
  sessions: TowerSessions,
  precision: Precision,
): Promise<Decoder> {
  const mayOverflow = bytesMayOverflow(process.arch, await processorFlags());
  const rows = rowsOfLayer(config.text, precision, mayOverflow);
  const { model, ports } = await decoderGraph(config, sessions.weights, rows);
  const session = await sessions.open('the decoder', model);
  const { layers, keyValueHeads, headDim, hiddenSize: width, ropeTheta } = config.text;
  return new Decoder(session, { layers, keyValueHeads, headDim, width, ropeTheta }, ports);
}

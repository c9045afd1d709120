import { findMaskDecoder } from '../checkpoint/find-mask-decoder.js';
import { nameOfFolder } from '../checkpoint/name-of-folder.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { openTokenizer } from '../checkpoint/open-tokenizer.js';
import { parametersOf } from '../graph/stored-weights.js';
import { cacheRoom } from './cache-room.js';
import { choosePrecision } from './choose-precision.js';
import { EngineModel, type EngineLoading } from './engine-model.js';
import type { CountingModel, EngineOptions } from './engine-module.js';
import { openTowers } from './engine-towers.js';
import { machineMemory } from './machine-memory.js';
import { MaskDecoder } from './mask-decoder.js';
import type { ModelInfo } from './model.js';
import { usableProvider } from './usable-provider.js';

/** A model in this process, with what its loading took. */
export interface Engine extends CountingModel {
  readonly loading: EngineLoading;
  /** Frames that went through the vision tower so far. */
  readonly encodedFrames: number;
}

/**
 * Loads a checkpoint into this process. Computing occupies the thread that calls `generate`.
 *
 * @throws CheckpointError for a damaged or foreign checkpoint, EnvironmentError when this machine cannot run it
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const begun = performance.now();
  const checkpoint = await openCheckpoint(options.directory, options.adapter);
  const maskDecoder = await findMaskDecoder(checkpoint.directory, options.maskDecoder);
  const tokenizer = await openTokenizer(checkpoint.directory, checkpoint.config);
  const read = performance.now();
  const provider = await usableProvider(options.provider ?? 'cpu', options.onWarning);
  const parameters = parametersOf(checkpoint);
  const memoryBytes = machineMemory();
  const precision = choosePrecision(options.precision, parameters, provider, memoryBytes);
  const { onLoading: onProgress = () => undefined } = options;
  const towers = await openTowers(checkpoint, { ...options, precision, provider, onProgress });
  const { config } = checkpoint;
  const info: ModelInfo = {
    directory: checkpoint.directory,
    name: nameOfFolder(checkpoint.directory),
    family: config.text.family === 'gemma2' ? 'PaliGemma 2' : 'PaliGemma',
    precision,
    provider: towers.provider,
    parameters,
    imageSize: config.vision.imageSize,
    tokensPerFrame: config.imageTokens,
    cacheTokens: cacheRoom(config.text, memoryBytes),
    maskDecoder,
  };
  const masks = new MaskDecoder(maskDecoder, options.threads);
  const loading = { ...towers.loading, checkpointMs: read - begun };
  return new EngineModel(info, config, tokenizer, towers, masks, loading);
}

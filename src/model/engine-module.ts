import type { ExecutionProvider } from '../runtime/execution-provider.js';
import type { PrecisionSetting } from './choose-precision.js';
import type { Model } from './model.js';
import type { EngineStats } from './model-stats.js';

/** What an engine is opened with; all of it can cross a process boundary. */
export interface EngineSettings {
  readonly directory: string;
  /** Folder of a LoRA adapter (PEFT's layout) that is merged into the model. */
  readonly adapter?: string;
  /** Where converted weights are kept. */
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly precision: PrecisionSetting;
  /** The processor when it is not given; one that does not work here is replaced by it, with a warning. */
  readonly provider?: ExecutionProvider;
  /** Most bytes of image tokens kept for frames that come again. */
  readonly imageTokenCacheBytes: number;
  /** How long the first frame of a vision pass waits for those of other streams, milliseconds; 0 when left out. */
  readonly batchFillMs?: number;
  /** Distance, 0 to 1, up to which a frame takes the image tokens of an earlier one of its stream; 0 when left out. */
  readonly stillThreshold?: number;
  /** An npz file to decode masks with, instead of the one in the model's folder. */
  readonly maskDecoder?: string;
}

export interface EngineOptions extends EngineSettings {
  readonly onWarning: (message: string) => void;
  /** Hears how many of the weights have been converted; never when they need not be. */
  readonly onLoading?: (done: number, total: number) => void;
}

/** A model that computes in the process that asks it. */
export interface CountingModel extends Model {
  readonly engineStats?: EngineStats;
}

/** A module the model process can load: `engine.ts`, or a scripted one in tests. */
export interface EngineModule {
  openEngine(options: EngineOptions): Promise<CountingModel>;
}

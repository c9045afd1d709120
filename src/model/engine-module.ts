import type { Model, Precision } from './model.js';

/** What an engine is opened with; all of it can cross a process boundary. */
export interface EngineSettings {
  readonly directory: string;
  /** Where converted weights are kept. */
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly precision: Precision;
  /** Most bytes of image tokens kept for frames that come again. */
  readonly imageTokenCacheBytes: number;
  /** An npz file to decode masks with, instead of the one in the model's folder. */
  readonly maskDecoder?: string;
}

export interface EngineOptions extends EngineSettings {
  readonly onWarning: (message: string) => void;
}

/** A module the model process can load: `engine.ts`, or a scripted one in tests. */
export interface EngineModule {
  openEngine(options: EngineOptions): Promise<Model>;
}

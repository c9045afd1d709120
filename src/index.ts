/** What a program that uses this package as a library may import. */
export { openClips, type OpenOptions, type OpenedVideo } from './clip/open-clips.js';
export type { SamplingPlan } from './clip/sampling-plan.js';
export type {
  Generation,
  GenerationOptions,
  GenerationStep,
  GenerationTiming,
  Sampling,
} from './language/generation.js';
export type { Model, ModelEvent, ModelInfo, ModelRequest, Precision } from './model/model.js';
export { openEngine } from './model/engine.js';
export { openModelProcess, type ModelProcessOptions } from './model/model-process.js';
export { consume } from './pipeline/consume.js';
export { describeClips, type Description } from './pipeline/describe-clips.js';
export type { PipelineEvent, Question } from './pipeline/events.js';
export { latestMap } from './pipeline/latest-map.js';
export { pullMap } from './pipeline/pull-map.js';
export {
  BugError,
  CancelledError,
  CheckpointError,
  EnvironmentError,
  PalistreamError,
  RequestError,
  RetryableError,
} from './shared/errors.js';
export type { Clip, Frame } from './shared/frame.js';
export { findFfmpeg, type FfmpegSettings } from './source/find-ffmpeg.js';
export { readPicture } from './source/picture.js';

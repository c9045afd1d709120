/** What a program that uses this package as a library may import. */
export { openClips, type OpenOptions, type OpenedVideo } from './clip/open-clips.js';
export type { SamplingPlan } from './clip/sampling-plan.js';
export { anls } from './evaluate/answers/anls.js';
export { exactMatch } from './evaluate/answers/exact-match.js';
export { languageMeans, type LanguageMeans } from './evaluate/answers/language-means.js';
export { pairedAccuracy, type PairedAnswer } from './evaluate/answers/paired-accuracy.js';
export { popeScore, type PopeAnswer, type PopeScore } from './evaluate/answers/pope-score.js';
export { relaxedMatch } from './evaluate/answers/relaxed-match.js';
export { rsvqaScore, type RsvqaAnswer, type RsvqaScore } from './evaluate/answers/rsvqa-score.js';
export { scienceScore, type ScienceScore } from './evaluate/answers/science-score.js';
export { tallyScore, type TallyAnswer, type TallyScore } from './evaluate/answers/tally-score.js';
export { vqaAccuracy } from './evaluate/answers/vqa-accuracy.js';
export { vqav2Accuracy } from './evaluate/answers/vqav2-accuracy.js';
export { averagePrecision, type AveragePrecision, type TrueBox } from './evaluate/boxes/average-precision.js';
export { cocoAveragePrecision } from './evaluate/boxes/coco-average-precision.js';
export { polygonMask } from './evaluate/boxes/polygon-mask.js';
export { refcocoScore, type RefcocoItem, type RefcocoScore } from './evaluate/boxes/refcoco-score.js';
export { captionScores, type CaptionScores, type RawCaption } from './evaluate/captions/caption-scores.js';
export { tokenizeCaption } from './evaluate/ptb/tokenize-caption.js';
export { evaluateToon, type ToonEvaluation } from './evaluate/toon/evaluate-toon.js';
export type { ToonAnswer } from './evaluate/toon/toon-answer.js';
export type { Fact, ToonItem, ToonTruth } from './evaluate/toon/toon-item.js';
export type { ScoredBox, ToonReading } from './evaluate/toon/toon-reading.js';
export type { ToonScore } from './evaluate/toon/toon-score.js';
export type {
  Generation,
  GenerationOptions,
  GenerationStep,
  GenerationTiming,
  Sampling,
} from './language/generation.js';
export type { Model, ModelEvent, ModelInfo, ModelRequest, Precision } from './model/model.js';
export { openEngine } from './model/engine.js';
export { paintMasks, type PaintedMasks } from './model/paint-masks.js';
export { openModelProcess, type ModelProcessOptions } from './model/model-process.js';
export type { EngineStats, ModelStats, ProcessStats, QueueStats } from './model/model-stats.js';
export type { QueueLimits } from './model/queue-limits.js';
export type { Priority, RequestTerms } from './model/request-terms.js';
export type { StallLimits } from './model/stall-watch.js';
export { withHugePages } from './runtime/huge-pages.js';
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
export type { Convention } from './tasks/convention.js';
export type { DecodedMasks } from './tasks/decoded-masks.js';
export type { Box, Detection, Detections, Mask, Problem } from './tasks/detection.js';
export { encodeBox } from './tasks/encode-box.js';
export { encodeDetections } from './tasks/encode-detections.js';
export { maskPng } from './tasks/mask-png.js';
export { maskPolygons, type Polygon } from './tasks/mask-polygons.js';
export { maskRle, type MaskRle } from './tasks/mask-rle.js';
export { parseDetections } from './tasks/parse-detections.js';
export { parseReferred, type Referred } from './tasks/parse-referred.js';
export { pasteMask } from './tasks/paste-mask.js';
export { pasteSoftMask, type SoftMask } from './tasks/paste-soft-mask.js';
export { pixelBox, type PictureSize, type PixelBox } from './tasks/pixel-box.js';
export { promptFor } from './tasks/prompt-for.js';
export type { Task, TaskKind } from './tasks/task.js';

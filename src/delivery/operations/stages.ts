import type { HistogramCounts } from '../../shared/histogram.js';

/** The way of a result, in its order; what each means stands in docs/metrics.md. */
export const STAGES = [
  'read',
  'capture',
  'queue',
  'encode',
  'prefill',
  'decode',
  'publish',
  'capture_to_publish',
] as const;
export type Stage = (typeof STAGES)[number];

/** How long each stage took, seconds. */
export type StageCounts = Readonly<Record<Stage, HistogramCounts>>;

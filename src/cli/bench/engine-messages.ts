import type { EngineSettings } from './engines/bench-engine.js';
import type { Job, JobFigures } from './jobs.js';

/** What the bench says to the process of an engine; one at a time, each is answered once. */
export type ToEngine =
  | { readonly kind: 'open'; readonly settings: EngineSettings }
  | { readonly kind: 'run'; readonly job: Job }
  | { readonly kind: 'memory' }
  | { readonly kind: 'close' };

/** What it answers; warnings come in between. */
export type FromEngine =
  | { readonly kind: 'opened' }
  | { readonly kind: 'ran'; readonly figures: JobFigures }
  | { readonly kind: 'memory'; readonly memory: Memory }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string; readonly isMissing: boolean }
  | { readonly kind: 'warning'; readonly message: string };

/** Bytes of one process. */
export interface Memory {
  /** What is in memory now; of mapped files as much as was touched. */
  readonly resident: number;
  /** Without what is a file's; null where the system does not tell. */
  readonly anonymous: number | null;
  /** The most that was resident. */
  readonly peak: number;
}

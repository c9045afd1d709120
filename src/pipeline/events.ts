import type { GenerationStep } from '../language/generation.js';
import type { Precision } from '../model/model.js';
import type { Convention } from '../tasks/convention.js';
import type { Box, Mask, Problem } from '../tasks/detection.js';
import type { PictureSize, PixelBox } from '../tasks/pixel-box.js';

/** What is asked about every clip. */
export type Question =
  | { readonly kind: 'caption'; readonly prompt: string }
  | { readonly kind: 'answer'; readonly prompt: string; readonly question: string }
  /** The words that are seen. */
  | { readonly kind: 'text'; readonly prompt: string }
  | ThingsQuestion;

/** What is asked about clips of one frame: the answer is boxes, or boxes and masks. */
export interface ThingsQuestion {
  readonly kind: 'detect' | 'segment';
  readonly prompt: string;
  readonly convention: Convention;
  /** The label of boxes that come without a name, as those of a referring expression do. */
  readonly unnamed?: string;
}

/** Which clip an event is about; seconds from the start of the source, `endSeconds` exclusive. */
export interface ClipSpan {
  readonly clip: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** How old a result is and where its time went. */
export interface ResultTiming {
  /** When the clip's last frame had been decoded, milliseconds since 1970. */
  readonly capturedAtMs: number;
  /** From then until the model began to answer: waiting behind other clips and prompts. */
  readonly queueMs: number;
  readonly encodeMs: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  /** From capture to the finished text. */
  readonly totalMs: number;
}

/** What a result was made of. */
export interface Provenance {
  /** Name of the checkpoint. */
  readonly model: string;
  readonly precision: Precision;
  readonly prompt: string;
  /** Time of each frame the model saw, seconds from the start of the source. */
  readonly frameSeconds: readonly number[];
}

export interface PartialText extends ClipSpan {
  /** What was added last. */
  readonly delta: string;
  /** All that is written so far. */
  readonly text: string;
}

export interface WholeText extends ClipSpan {
  readonly text: string;
  readonly ids: readonly number[];
  readonly steps: readonly GenerationStep[];
  /** `limit`: the text was cut at the greatest number of tokens. */
  readonly stopped: 'eos' | 'limit' | 'text';
  readonly timing: ResultTiming;
  readonly provenance: Provenance;
}

/** A thing that was found in a frame. */
export interface FoundThing {
  /** What the model called it; '' when it gave no name. */
  readonly label: string;
  /** The same number in every frame of a video that shows this thing, from 1. */
  readonly track: number;
  /** How sure the model was of the words and numbers it wrote: the geometric mean of their probabilities. */
  readonly score: number;
  readonly box: Box;
  /** The box in the video's own size; null when not one pixel is left of it. */
  readonly pixels: PixelBox | null;
  /** Of the video's own size; null when it was not asked for, or the model gave none. */
  readonly mask: Mask | null;
}

export interface WholeThings extends WholeText {
  /** When the frame is on screen. */
  readonly seconds: number;
  /** Of the video as displayed: what `pixels` and masks are measured in. */
  readonly size: PictureSize;
  readonly found: readonly FoundThing[];
  /** What of the text could not be read. */
  readonly problems: readonly Problem[];
}

/** What a pipeline tells, in order. A clip's error is an event; an error of the source or a bug ends the stream. */
export type PipelineEvent =
  | { readonly kind: 'state'; readonly state: 'running' | 'finished' }
  /** `total` null: not known before the end. */
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly atSeconds: number;
    }
  | ({ readonly kind: 'caption.partial' } & PartialText)
  | ({ readonly kind: 'caption' } & WholeText)
  | ({ readonly kind: 'answer.partial'; readonly question: string } & PartialText)
  | ({ readonly kind: 'answer'; readonly question: string } & WholeText)
  | ({ readonly kind: 'text.partial' } & PartialText)
  | ({ readonly kind: 'text' } & WholeText)
  | ({ readonly kind: 'detections' } & WholeThings)
  | ({ readonly kind: 'masks' } & WholeThings)
  | ({
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly prompt: string;
    } & ClipSpan);

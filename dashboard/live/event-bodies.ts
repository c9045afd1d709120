import type { MaskRle } from '../../src/tasks/mask-rle.js';

/** Fractions of the picture, from 0 to 1. */
export interface BoxBody {
  readonly y_min: number;
  readonly x_min: number;
  readonly y_max: number;
  readonly x_max: number;
}

export interface FoundBody {
  readonly label: string;
  readonly track: number;
  readonly score: number;
  readonly box: BoxBody;
  readonly mask?: MaskRle;
}

export interface TimingBody {
  readonly queue: number;
  readonly encode: number;
  readonly prefill: number;
  readonly decode: number;
  readonly total: number;
}

interface SpanBody {
  readonly clip: number;
  readonly start_seconds: number;
  readonly end_seconds: number;
  /** Of videos: which job and which of its tasks. */
  readonly job?: string;
  readonly task_index?: number;
  /** Of streams: whose question it answers; null for the plan's. */
  readonly ask_id?: string | null;
  readonly prompt?: string;
}

interface ResultBody extends SpanBody {
  readonly text: string;
  readonly model: string;
  readonly precision: string;
  readonly frame_seconds: readonly number[];
  readonly captured_at: string;
  readonly published_at?: string;
  readonly timing_ms: TimingBody;
  /** Where pictures of the moment lie, while they are kept. */
  readonly frame_url?: string;
}

export interface WordsBody extends ResultBody {
  readonly kind: 'caption' | 'answer' | 'text';
  readonly question?: string;
}

export interface ThingsBody extends ResultBody {
  readonly kind: 'detections' | 'masks';
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly found: readonly FoundBody[];
}

export interface PartialBody extends SpanBody {
  readonly kind: 'caption.partial' | 'answer.partial' | 'text.partial';
  readonly question?: string;
  readonly text: string;
  readonly delta: string;
}

export interface StateBody {
  readonly kind: 'state';
  readonly state: string;
  readonly job?: string;
  readonly code?: string | null;
  readonly message?: string;
  readonly reason?: string;
  readonly attempt?: number;
  readonly retry_in_seconds?: number | null;
}

export interface ProgressBody {
  readonly kind: 'progress';
  readonly job: string;
  readonly progress: number | null;
}

export interface DroppedBody {
  readonly kind: 'dropped';
  readonly reason: 'busy' | 'slow' | 'not_kept';
  readonly windows?: number;
  readonly total_windows?: number;
  readonly events?: number;
}

export interface ErrorBody extends SpanBody {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
}

/** The server cannot keep anything now, or a job of the video waits. */
export interface TroubleBody {
  readonly kind: 'error';
  readonly job?: string;
  readonly code: string;
  readonly message: string;
}

export interface GapBody {
  readonly kind: 'gap';
  readonly from: number;
  readonly to: number;
}

/** What the page reads of the events of topics; docs/protocol.md says more of each. */
export type EventBodies =
  | WordsBody
  | ThingsBody
  | PartialBody
  | StateBody
  | ProgressBody
  | DroppedBody
  | ErrorBody
  | TroubleBody
  | GapBody;

/** An event that was told without a number, as the server could not keep it. */
export interface UnkeptEvent {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly event: EventBodies;
}

/** An event that is kept, with its number. */
export interface KeptEvent extends UnkeptEvent {
  readonly seq: number;
}

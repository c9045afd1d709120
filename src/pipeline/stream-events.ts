import type { HeldPicture } from '../source/live/picture-board.js';
import type { LiveState, LiveStatus } from '../source/live/live-status.js';
import type { TaskKind } from '../tasks/task.js';
import type { ClipSpan, FoundThing, PartialText, Provenance, ResultTiming, WholeText } from './events.js';
import type { PictureSize } from '../tasks/pixel-box.js';
import type { Problem } from '../tasks/detection.js';

/** See `LiveState`. */
export type StreamState = LiveState;

/** How old a result of a live source is and where its time went. All differences come from a monotonic clock. */
export interface StreamTiming extends ResultTiming {
  /** When the window was closed: its last frame chosen. Milliseconds since 1970, as `capturedAtMs`. */
  readonly windowClosedAtMs: number;
  /** When the event was told. `totalMs` is from capture of the last frame until here. */
  readonly publishedAtMs: number;
}

/** What a result was made of. */
export interface StreamProvenance extends Provenance {
  readonly task: TaskKind;
  /** Of the frames the model saw, in the order of `frameSeconds`; `LiveStream.frame` has the pictures for a while. */
  readonly frameKeys: readonly string[];
}

/** Which question an answer belongs to: null for those of the plan. */
export interface AskedBy {
  readonly askId: string | null;
}

export type StreamPartial = PartialText & AskedBy & { readonly prompt: string };

/** Seconds count from the start of the stream; they grow over reconnects and clock jumps. */
export interface StreamText extends Omit<WholeText, 'timing' | 'provenance'>, AskedBy {
  readonly prompt: string;
  readonly timing: StreamTiming;
  readonly provenance: StreamProvenance;
  /** What people see of the newest frame that was looked at. */
  readonly shown?: HeldPicture | undefined;
}

export interface StreamThings extends StreamText {
  /** Of the frame that was looked at. */
  readonly seconds: number;
  readonly size: PictureSize;
  readonly found: readonly FoundThing[];
  readonly problems: readonly Problem[];
}

export interface StreamStateEvent extends LiveStatus {
  readonly kind: 'state';
}

/** Windows that nobody looked at, since newer ones came while the model was busy. */
export interface StreamDropped {
  readonly kind: 'dropped';
  readonly reason: 'busy';
  /** How many since the last such event. */
  readonly windows: number;
  /** How many since the start of the stream. */
  readonly totalWindows: number;
  /** The stretch they lay in. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly atMs: number;
}

/** One window's question failed; the stream goes on. */
export interface StreamError extends ClipSpan, AskedBy {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
  readonly prompt: string;
  readonly atMs: number;
}

/** What a question about a stream tells: partial texts, then one of the others, then the end. */
export type StreamAnswerEvent =
  | ({ readonly kind: 'answer.partial'; readonly question: string } & StreamPartial)
  | ({ readonly kind: 'answer'; readonly question: string } & StreamText)
  | ({ readonly kind: 'caption.partial' } & StreamPartial)
  | ({ readonly kind: 'caption' } & StreamText)
  | ({ readonly kind: 'text.partial' } & StreamPartial)
  | ({ readonly kind: 'text' } & StreamText)
  | ({ readonly kind: 'detections' } & StreamThings)
  | ({ readonly kind: 'masks' } & StreamThings);

/** All that a stream tells, in order. Plain data but for bytes: of masks, and of the picture in `shown`. */
export type StreamEvent = StreamStateEvent | StreamDropped | StreamError | StreamAnswerEvent;

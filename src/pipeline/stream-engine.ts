import type { Observable } from 'rxjs';
import type { Frame } from '../shared/frame.js';
import type { LivePicture } from '../source/live/live-picture.js';
import type { LiveSource } from '../source/live/live-source.js';
import type { PictureSize } from '../tasks/pixel-box.js';
import type { Task } from '../tasks/task.js';
import type { StreamAnswerEvent, StreamEvent, StreamStateEvent } from './stream-events.js';
import type { StreamPlan } from './stream-plan.js';

/** How the newest frames are asked about. */
export interface AskOptions {
  /** Look at the last so many seconds, as far as they are in memory; a window of the plan when left out. */
  readonly seconds?: number | undefined;
  /** How many frames of them; those of the plan when left out. */
  readonly frames?: number | undefined;
  /** The answer's longest; the plan's when left out. */
  readonly maxNewTokens?: number | undefined;
  /** Comes back as `askId` in every event. */
  readonly id?: string | undefined;
}

/** Running totals of a stream. */
export interface StreamCounts {
  readonly frames: number;
  /** Closed, whatever became of them. */
  readonly windows: number;
  /** Given to the model. */
  readonly looked: number;
  readonly droppedBusy: number;
  readonly skippedStill: number;
  readonly skippedSchedule: number;
  readonly reconnects: number;
}

/** One plan on one source. Runs from `start` to `stop`, whether anybody listens or not. */
export interface LiveStream {
  /**
   * Hot, without replay: whoever subscribes hears what comes next. The first event is told after the turn in which
   * `start` was called, so that none is missed. Completes after `ended` or `failed`; errors only on a bug.
   */
  readonly events$: Observable<StreamEvent>;
  /** The last `state` that was told. */
  readonly state: StreamStateEvent;
  readonly plan: StreamPlan;
  readonly counts: StreamCounts;
  /** Of the video as displayed; null before the first frame. Frames are squashed from it to the model's square. */
  readonly pictureSize: PictureSize | null;
  /** The source without its credentials, as it may be shown. */
  readonly shownUrl: string;
  /**
   * Changes what is asked from the next window on. ffmpeg is restarted only when more frames a second are needed than
   * it gives.
   * @throws RequestError `bad_stream_plan`; the old plan goes on
   */
  update(plan: StreamPlan): void;
  /**
   * Asks about the newest frames, ahead of the plan's windows. Cold: asked at each subscription; unsubscribing takes
   * the question back. Its events are told here alone, not by `events$`.
   *
   * Errors with RetryableError `stream_no_frames` when no frame is recent enough, RequestError for a bad question.
   */
  ask(task: Task, options?: AskOptions): Observable<StreamAnswerEvent>;
  /** What people see of the source now, at most 640 pixels a side; null before the first picture. */
  readonly picture: LivePicture | null;
  /** Hears of every picture, ten a second or more, until the stream is over. @returns how to leave */
  watch(onPicture: (picture: LivePicture) => void): () => void;
  /** A frame that is still in memory, by its key; undefined once it has made room. */
  frame(key: string): Frame | undefined;
  /** Tells `ended`, completes `events$`, and resolves when the last user of the source has seen ffmpeg end. */
  stop(): Promise<void>;
}

/** All live streams of a server on one model: one ffmpeg a source, however many plans and questions. */
export interface StreamEngine {
  /**
   * @param url `rtsp`, `rtsps`, `rtmp`, `rtmps`, `http`, `https`, `udp`, `srt`, `file`, `v4l2`, `avfoundation`, `dshow`
   * @throws RequestError `bad_stream_url`, `stream_url_refused`, `bad_stream_plan`
   */
  start(source: LiveSource | string, plan: StreamPlan): Promise<LiveStream>;
  /** Those that have neither ended nor failed. */
  readonly streams: ReadonlySet<LiveStream>;
  /** How many ffmpeg run for them. */
  readonly processes: number;
  /** Stops all streams; resolves when every ffmpeg has ended. */
  close(): Promise<void>;
}

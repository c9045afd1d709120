import {
  concat,
  defer,
  EMPTY,
  filter,
  map,
  type Observable,
  Subject,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import { type LiveClip, LiveWindows } from '../clip/live-windows.js';
import { MotionGate } from '../clip/motion-gate.js';
import type { Model } from '../model/model.js';
import { BugError, messageOf, RequestError, RetryableError } from '../shared/errors.js';
import type { Frame } from '../shared/frame.js';
import type { CameraShare } from '../source/live/camera-pool.js';
import type { LiveFrame } from '../source/live/live-frame.js';
import type { LivePicture } from '../source/live/live-picture.js';
import type { LiveStatus } from '../source/live/live-status.js';
import type { HeldPicture } from '../source/live/picture-board.js';
import type { PictureSize } from '../tasks/pixel-box.js';
import type { Task } from '../tasks/task.js';
import { askLive, type LiveAsking, type LiveLook } from './ask-live.js';
import { checkStreamPlan } from './check-stream-plan.js';
import { DropCounter } from './drop-counter.js';
import { freshestMap } from './freshest-map.js';
import { isScheduled } from './is-scheduled.js';
import { liveErrors } from './live-errors.js';
import { newestClip } from './newest-clip.js';
import { newestFrame } from './newest-frame.js';
import type { AskOptions, LiveStream, StreamCounts } from './stream-engine.js';
import type { StreamAnswerEvent, StreamEvent, StreamStateEvent } from './stream-events.js';
import type { StreamPlan } from './stream-plan.js';
import { neededRate, planWindows } from './stream-rate.js';
import { BoxTracker } from './track-boxes.js';
import type { TurnQueue } from './turn-queue.js';

export interface RunningStreamOptions {
  /** Unique in its engine. */
  readonly id: string;
  readonly share: CameraShare;
  readonly shownUrl: string;
  readonly model: Model;
  readonly plan: StreamPlan;
  /** Routine windows of all streams wait in it. */
  readonly turns: TurnQueue;
  /** Called once, when it has ended or failed. */
  readonly onOver: () => void;
}

/** A plan at work on a share of a camera; see `LiveStream`. */
export class RunningStream implements LiveStream {
  readonly events$: Observable<StreamEvent>;
  readonly shownUrl: string;
  readonly #options: RunningStreamOptions;
  readonly #events = new Subject<StreamEvent>();
  readonly #frames = new Subject<LiveFrame>();
  readonly #over = new Subject<void>();
  readonly #windows: LiveWindows;
  readonly #drops = new DropCounter();
  readonly #trackers = new Map<string, BoxTracker>();
  readonly #counts = { frames: 0, windows: 0, looked: 0, skippedStill: 0, skippedSchedule: 0 };
  #gate = new MotionGate();
  #plan: StreamPlan;
  #state: StreamStateEvent;
  readonly #watchers = new Set<() => void>();
  #leave: () => void = () => undefined;
  #asked = 0;
  #isOver = false;

  constructor(options: RunningStreamOptions) {
    checkStreamPlan(options.plan);
    this.#options = options;
    this.#plan = options.plan;
    this.shownUrl = options.shownUrl;
    this.events$ = this.#events.asObservable();
    this.#windows = new LiveWindows(planWindows(options.plan));
    this.#state = { kind: 'state', ...options.share.camera.status };
  }

  /** Joins the camera and tells its state. */
  begin(): void {
    if (this.#isOver) return;
    const { share } = this.#options;
    const { camera } = share;
    const joinedAs = camera.status;
    const { hasStarted } = camera;
    camera.need(this, neededRate(this.#plan));
    this.#leave = camera.listen({
      onFrame: (frame) => {
        this.#counts.frames++;
        this.#frames.next(frame);
      },
      onStatus: (status) => {
        this.#onStatus(status);
      },
    });
    this.#look();
    share.start();
    // A camera that begins only now tells `connecting` itself.
    if (hasStarted) this.#onStatus({ ...joinedAs, atMs: camera.nowMs() });
  }

  get state(): StreamStateEvent {
    return this.#state;
  }

  get plan(): StreamPlan {
    return this.#plan;
  }

  get counts(): StreamCounts {
    const { reconnects } = this.#options.share.camera;
    return { ...this.#counts, droppedBusy: this.#drops.total, reconnects };
  }

  get pictureSize(): PictureSize | null {
    return this.#options.share.camera.pictureSize;
  }

  get picture(): LivePicture | null {
    return this.#options.share.camera.pictures.newest;
  }

  watch(onPicture: (picture: LivePicture) => void): () => void {
    if (this.#isOver) return () => undefined;
    const leave = this.#options.share.camera.pictures.listen(onPicture);
    this.#watchers.add(leave);
    return () => {
      leave();
      this.#watchers.delete(leave);
    };
  }

  frame(key: string): Frame | undefined {
    return this.#options.share.camera.memory.find(key);
  }

  update(plan: StreamPlan): void {
    checkStreamPlan(plan);
    this.#plan = plan;
    this.#windows.update(planWindows(plan));
    this.#gate = new MotionGate();
    this.#trackers.clear();
    if (!this.#isOver) this.#options.share.camera.need(this, neededRate(plan));
  }

  ask(task: Task, options: AskOptions = {}): Observable<StreamAnswerEvent> {
    return defer(() => {
      if (this.#isOver) return throwError(() => this.#overError());
      const { camera } = this.#options.share;
      const { seconds = this.#plan.windowSeconds, frames = this.#plan.framesPerWindow, id } = options;
      const { maxNewTokens = this.#plan.options.maxNewTokens } = options;
      const asked = { ...this.#plan.options, maxNewTokens };
      checkStreamPlan({
        ...this.#plan,
        framesPerWindow: frames,
        windowSeconds: seconds,
        overlapSeconds: 0,
        tasks: [task],
        options: asked,
      });
      const { newest } = camera.memory;
      const isRecent =
        newest !== undefined && newest.capturedAtMs >= camera.nowMs() - seconds * 1000 - RECENT_MS;
      const recent = isRecent ? camera.memory.since(newest.timestampSeconds - seconds) : [];
      const clip = newestClip(recent, frames, this.#asked++);
      if (clip === null) {
        const { state, reason } = camera.status;
        return throwError(
          () =>
            new RetryableError(
              'stream_no_frames',
              `the stream gave no picture in the last ${seconds} s (${state}: ${reason}): ask again when it is live`,
            ),
        );
      }
      const look = { clip, closedAtMs: camera.nowMs(), shown: this.#pictureOf(clip) };
      const own = { askId: id ?? null, priority: 'question', tracker: new BoxTracker() } as const;
      const asking = { ...this.#asking(own), options: asked };
      return this.#untilOver(askLive(asking, look, task));
    });
  }

  /** A stream that ends takes its questions with it, and says so. */
  #untilOver(answer: Observable<StreamAnswerEvent>): Observable<StreamAnswerEvent> {
    let isAnswered = false;
    const told = answer.pipe(
      tap(({ kind }) => (isAnswered = !kind.endsWith('.partial'))),
      takeUntil(this.#over),
    );
    return concat(
      told,
      defer(() => (isAnswered || !this.#isOver ? EMPTY : throwError(() => this.#overError()))),
    );
  }

  #overError(): RequestError {
    const { state, reason } = this.#state;
    return new RequestError('stream_over', `the stream has ${state} (${reason}): start it again`);
  }

  async stop(): Promise<void> {
    const { share } = this.#options;
    if (!this.#isOver) {
      this.#onStatus({
        ...{ state: 'ended', reason: 'the stream was stopped', code: null },
        ...{ atMs: share.camera.nowMs(), attempt: 0, retryInSeconds: null },
      });
    }
    await share.release();
  }

  /** Frames become windows, windows become looks of which the newest counts, looks become events. */
  #look(): void {
    this.#frames
      .pipe(
        map((frame) => this.#windows.add(frame)), // LiveClip, mostly null
        filter((clip) => clip !== null), // LiveClip
        map((clip): LiveLook => ({ clip, closedAtMs: this.#nowMs() })), // LiveLook
        filter((look) => this.#isWorthALook(look)), // LiveLook
        map((look): LiveLook => ({ ...look, shown: this.#pictureOf(look.clip) })), // LiveLook
        freshestMap(
          (signal) => this.#options.turns.take(signal),
          (look) => this.#askAll(look),
          (look) => {
            this.#emit(this.#drops.add(look.clip, this.#nowMs()));
          },
        ), // StreamEvent
        takeUntil(this.#over),
      )
      .subscribe({
        next: (event) => {
          this.#emit(event);
        },
        error: (error: unknown) => {
          this.#fail(error);
        },
      });
  }

  #isWorthALook({ clip, closedAtMs }: LiveLook): boolean {
    const { schedule, motionGate } = this.#plan;
    this.#counts.windows++;
    if (schedule !== null && !isScheduled(schedule, closedAtMs)) {
      this.#counts.skippedSchedule++;
      return false;
    }
    if (motionGate !== null && !this.#gate.opens(clip.frames, motionGate)) {
      this.#counts.skippedStill++;
      return false;
    }
    return true;
  }

  #pictureOf({ frames }: LiveClip): HeldPicture {
    return this.#options.share.camera.pictures.hold(newestFrame(frames)?.sourceSeconds);
  }

  /** Every task of the plan about one window. */
  #askAll(look: LiveLook): Observable<StreamEvent> {
    this.#counts.looked++;
    this.#emit(this.#drops.flush(this.#nowMs()));
    const { tasks } = this.#plan;
    return concat(
      ...tasks.map((task) => {
        const tracker = this.#trackerFor(JSON.stringify(task));
        const asking = this.#asking({ askId: null, priority: 'routine', tracker });
        return askLive(asking, look, task).pipe(liveErrors(asking, look, task));
      }),
    );
  }

  #asking(own: Pick<LiveAsking, 'askId' | 'priority' | 'tracker'>): LiveAsking {
    const { model, id } = this.#options;
    return {
      ...own,
      model,
      stream: id,
      options: this.#plan.options,
      size: () => this.pictureSize ?? { width: model.info.imageSize, height: model.info.imageSize },
      nowMs: () => this.#nowMs(),
    };
  }

  #trackerFor(task: string): BoxTracker {
    const known = this.#trackers.get(task) ?? new BoxTracker();
    this.#trackers.set(task, known);
    return known;
  }

  #onStatus(status: LiveStatus): void {
    if (this.#isOver) return;
    const event: StreamStateEvent = { kind: 'state', ...status };
    const isLast = status.state === 'ended' || status.state === 'failed';
    if (isLast) this.#emit(this.#drops.flush(this.#nowMs()));
    this.#state = event;
    this.#emit(event);
    if (isLast) this.#finish();
  }

  #fail(error: unknown): void {
    const { camera } = this.#options.share;
    const reason = error instanceof BugError ? error.message : `the stream broke: ${messageOf(error)}`;
    const code = error instanceof BugError ? error.code : 'stream_broken';
    this.#state = {
      ...{ kind: 'state', state: 'failed', reason, code },
      ...{ atMs: camera.nowMs(), attempt: 0, retryInSeconds: null },
    };
    this.#emit(this.#state);
    this.#events.error(error);
    this.#finish();
    void this.#options.share.release();
  }

  #finish(): void {
    this.#isOver = true;
    this.#leave();
    for (const leave of this.#watchers) leave();
    this.#options.share.camera.need(this, 0);
    this.#over.next();
    this.#events.complete();
    this.#options.onOver();
  }

  #emit(event: StreamEvent | null): void {
    if (event !== null && !this.#isOver) this.#events.next(event);
  }

  #nowMs(): number {
    return this.#options.share.camera.nowMs();
  }
}

/** How late a frame may be and still count as of this moment: slow cameras give one a second. */
const RECENT_MS = 1000;

import { randomUUID } from 'node:crypto';
import { messageOf } from '../../shared/errors.js';
import { linkedController } from '../../shared/linked-controller.js';
import { PIXEL_AXES, tensor } from '../../shared/tensor.js';
import type { FfmpegProgram } from '../ffmpeg-program.js';
import type { Clock } from './clock.js';
import { FrameMemory } from './frame-memory.js';
import { hideSecrets } from './hide-secrets.js';
import { HttpGate } from './http-gate.js';
import { liveArgs } from './live-args.js';
import type { LiveEnd } from './live-end.js';
import type { LiveFrame } from './live-frame.js';
import type { LiveLimits } from './live-limits.js';
import type { LivePolicy } from './live-policy.js';
import type { LiveState, LiveStatus } from './live-status.js';
import type { LiveTarget } from './live-target.js';
import { PictureBoard } from './picture-board.js';
import type { RgbPicture } from './ppm-frames.js';
import { readLive } from './read-live.js';
import { retryDelay } from './retry-delay.js';
import type { ShownLiveFrame } from './shown-frames.js';
import { SilenceWatch } from './silence-watch.js';
import { SteadyClock } from './steady-clock.js';
import { StreamTime } from './stream-time.js';

/** Hears a camera. Neither call may throw. */
export interface CameraListener {
  onFrame(frame: LiveFrame): void;
  onStatus(status: LiveStatus): void;
}

export interface CameraOptions {
  readonly target: LiveTarget;
  readonly program: FfmpegProgram;
  /** The side of the model's square, pixels. */
  readonly size: number;
  /** Gives up after so many attempts in a row that did not stay live; null never. */
  readonly maxAttempts: number | null;
  readonly limits: LiveLimits;
  /** Most bytes of frames that are kept for questions. */
  readonly memoryBytes: number;
  /** Asked about every host that HTTP leads to, redirects and playlists included. */
  readonly policy: LivePolicy;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Reads once; `readLive` but in tests. */
  readonly read?: typeof readLive;
}

/** A file goes on with the frame it gave last, so that there is one even at its end; its time may have been rounded. */
const BACK_SECONDS = 0.001;

/** What ended a reading from this side. */
type Broken = LiveEnd | 'rate';

/**
 * One live source: at most one ffmpeg, started by `start`, ended by `close`; frames and states go to all listeners.
 *
 * It connects again for ever, after 1, 5, 10 and 30 seconds, unless limited. Whoever made it closes it.
 */
export class LiveCamera {
  readonly memory: FrameMemory;
  /** What people see of it. */
  readonly pictures = new PictureBoard();
  readonly #options: CameraOptions;
  readonly #id = randomUUID().replaceAll('-', '').slice(0, 16);
  readonly #steady: SteadyClock;
  readonly #time = new StreamTime();
  readonly #beganMs: number;
  readonly #listeners = new Set<CameraListener>();
  readonly #needs = new Map<object, number>();
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #breakOff: ((why: Broken) => void) | undefined;
  #status: LiveStatus;
  #run = 0;
  #frames = 0;
  #reconnects = 0;
  #pid: number | null = null;
  #rate = 0;
  /** How far a file that is read once has been read, seconds, and where its ffmpeg began. */
  #file = { readSeconds: 0, fromSeconds: 0 };
  #pictureSize: { readonly width: number; readonly height: number } | null = null;

  constructor(options: CameraOptions) {
    this.#options = options;
    this.#steady = new SteadyClock(options.clock);
    this.#beganMs = options.clock.monotonicMs();
    this.memory = new FrameMemory(options.memoryBytes);
    this.#status = this.#statusOf('connecting', `connecting to ${options.target.shownUrl}`, { attempt: 1 });
  }

  get status(): LiveStatus {
    return this.#status;
  }

  /** Of its ffmpeg; null while none runs. */
  get pid(): number | null {
    return this.#pid;
  }

  /** Of the picture as displayed; null before the first frame. */
  get pictureSize(): { readonly width: number; readonly height: number } | null {
    return this.#pictureSize;
  }

  /** Whether it has begun to connect. */
  get hasStarted(): boolean {
    return this.#running !== undefined;
  }

  /** How often it connected again. */
  get reconnects(): number {
    return this.#reconnects;
  }

  /** Frames a second that ffmpeg gives at most. */
  get framesPerSecond(): number {
    return this.#rate;
  }

  /** Seconds from when it was made: what frames without delay would be stamped with. */
  get nowSeconds(): number {
    return (this.#options.clock.monotonicMs() - this.#beganMs) / 1000;
  }

  /** Milliseconds since 1970; never goes back. What frames and states are stamped with. */
  nowMs(): number {
    return this.#steady.nowMs();
  }

  /** Whether it has ended or failed: nothing will come any more. */
  get isOver(): boolean {
    return this.#status.state === 'ended' || this.#status.state === 'failed';
  }

  /** @returns how to leave */
  listen(listener: CameraListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Says how many frames a second somebody needs, 0 for none any more. ffmpeg is restarted when it gives fewer; more
   * do no harm. A file that is read once goes on where it was.
   */
  need(who: object, framesPerSecond: number): void {
    if (framesPerSecond === 0) this.#needs.delete(who);
    else this.#needs.set(who, framesPerSecond);
    if (this.#needed() > this.#rate) this.#breakOff?.('rate');
  }

  /** Begins to connect. */
  start(): void {
    this.#running ??= this.#live().catch((error: unknown) => {
      const { secrets } = this.#options.target;
      this.#tell('failed', hideSecrets(messageOf(error), secrets), { code: 'stream_broken' });
    });
  }

  /** Ends ffmpeg and resolves when it is gone. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    if (!this.isOver) this.#tell('ended', 'the stream was stopped');
  }

  async #live(): Promise<void> {
    const { limits, maxAttempts, target, clock, random } = this.#options;
    for (let failures = 0; ;) {
      const why =
        failures === 0 ? `connecting to ${target.shownUrl}` : `connecting again to ${target.shownUrl}`;
      this.#tell('connecting', why, { attempt: failures + 1 });
      const { end, liveSeconds } = await this.#attempt();
      if (this.#isClosing()) break;
      if (liveSeconds >= limits.steadySeconds) failures = 0;
      if (end === 'rate') continue;
      failures++;
      const isRead = end.code === 'stream_lost' && end.isCutOff !== true;
      // Some files know no places (raw H.264), and give nothing from the middle.
      if (end.code === 'stream_unreadable' && end.isCutOff !== true) this.#file.readSeconds = 0;
      if (isReadOnce(target) && liveSeconds > 0 && isRead) {
        this.#tell('ended', 'the file is over');
        return;
      }
      if (end.isFinal || (maxAttempts !== null && failures >= maxAttempts)) {
        const tries = end.isFinal ? '' : `, after ${failures} attempts`;
        this.#tell('failed', `${end.reason}${tries}`, { code: end.code, attempt: failures });
        return;
      }
      const retryInSeconds = retryDelay(failures, limits.retrySeconds, random());
      this.#tell('retrying', end.reason, { code: end.code, attempt: failures, retryInSeconds });
      await pause(clock, retryInSeconds * 1000, this.#closing.signal);
      if (this.#isClosing()) break;
      this.#reconnects++;
    }
    this.#tell('ended', 'the stream was stopped');
  }

  /** Runs ffmpeg once. */
  async #attempt(): Promise<{ readonly end: Broken; readonly liveSeconds: number }> {
    const { target, program, size, limits, clock, policy, read = readLive } = this.#options;
    const { controller: stop, unlink } = linkedController(this.#closing.signal);
    let broken: Broken | undefined;
    let firstMs: number | undefined;
    const breakOff = (why: Broken): void => {
      broken ??= why;
      stop.abort();
    };
    const watch = new SilenceWatch(clock, limits, {
      onStall: (seconds) => {
        this.#tell('stalled', `no picture came for ${Math.round(seconds)} s`, { code: 'stream_stalled' });
      },
      onLost: breakOff,
    });
    const onFrame = (shown: ShownLiveFrame): void => {
      firstMs ??= clock.monotonicMs();
      watch.alive();
      if (this.#status.state !== 'live') {
        this.#run++;
        this.#tell('live', `pictures come from ${target.shownUrl}`);
      }
      this.#give(shown);
    };
    this.#breakOff = breakOff;
    this.#rate = this.#needed();
    this.#file.fromSeconds = Math.max(0, this.#file.readSeconds - BACK_SECONDS);
    this.#time.reset();
    this.pictures.reset();
    let gate: HttpGate | null = null;
    try {
      const opened = HTTP_KINDS.has(target.kind) ? await openGate(policy) : null;
      if (opened !== null && 'code' in opened) return { end: broken ?? opened, liveSeconds: 0 };
      gate = opened;
      const httpProxy = gate?.url ?? null;
      const { fromSeconds } = this.#file;
      const line = liveArgs({ target, size, framesPerSecond: this.#rate, fromSeconds, program, httpProxy });
      const end = await read({
        program: program.path,
        line,
        frameBytes: size * size * 3,
        secrets: target.secrets,
        onFrame,
        onPicture: (shown) => {
          this.#show(shown);
        },
        onStart: (pid) => (this.#pid = pid),
        goodbyeMs: limits.goodbyeMs,
        signal: stop.signal,
      });
      return {
        end: broken ?? (firstMs === undefined ? plainEnd(end, gate) : end),
        liveSeconds: firstMs === undefined ? 0 : (clock.monotonicMs() - firstMs) / 1000,
      };
    } finally {
      unlink();
      watch.end();
      this.#pid = null;
      this.#breakOff = undefined;
      await gate?.close();
    }
  }

  #give({ bytes, timestampSeconds, widthPixels, heightPixels }: ShownLiveFrame): void {
    const { size, target } = this.#options;
    if (isReadOnce(target) && timestampSeconds !== undefined) {
      this.#file.readSeconds = this.#file.fromSeconds + timestampSeconds;
    }
    if (widthPixels !== null && heightPixels !== null) {
      this.#pictureSize = { width: widthPixels, height: heightPixels };
    }
    const seconds = this.#time.place(timestampSeconds, this.nowSeconds);
    const frame: LiveFrame = {
      key: `live-${this.#id}@${Math.round(seconds * 1e6)}/${size}`,
      index: this.#frames++,
      timestampSeconds: seconds,
      pixels: tensor(PIXEL_AXES, [size, size, 3], bytes),
      capturedAtMs: this.#steady.nowMs(),
      run: this.#run,
      sourceSeconds: timestampSeconds,
    };
    this.memory.add(frame);
    for (const listener of [...this.#listeners]) listener.onFrame(frame);
  }

  #show({ bytes, timestampSeconds }: ShownLiveFrame<RgbPicture>): void {
    this.pictures.add({ ...bytes, sourceSeconds: timestampSeconds, capturedAtMs: this.#steady.nowMs() });
  }

  #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  #needed(): number {
    return Math.max(1, ...this.#needs.values());
  }

  #tell(state: LiveState, reason: string, more: Partial<LiveStatus> = {}): void {
    if (this.isOver) return;
    this.#status = this.#statusOf(state, reason, more);
    for (const listener of [...this.#listeners]) listener.onStatus(this.#status);
  }

  #statusOf(state: LiveState, reason: string, more: Partial<LiveStatus>): LiveStatus {
    const atMs = this.#steady.nowMs();
    return { state, reason, code: null, atMs, attempt: 0, retryInSeconds: null, ...more };
  }
}

/** Whether it ends by itself, and has a place to go on from. */
function isReadOnce({ kind, loop }: LiveTarget): boolean {
  return kind === 'file' && !loop;
}

/** What goes out through a gate. */
const HTTP_KINDS = new Set<LiveTarget['kind']>(['hls', 'mjpeg', 'http-mpegts']);

/** Where none can be opened, too many files or ports are open, which passes. */
async function openGate(policy: LivePolicy): Promise<HttpGate | LiveEnd> {
  try {
    return await HttpGate.open(policy);
  } catch (error) {
    const reason = `the way to the source could not be opened (${messageOf(error)})`;
    return { code: 'stream_unreachable', reason, isFinal: false };
  }
}

/**
 * ffmpeg knows only that its proxy said no; the gate knows why. That counts while no picture came: ffmpeg passes over
 * a variant of a playlist that it may not open, and reads another.
 */
function plainEnd(end: LiveEnd, gate: HttpGate | null): LiveEnd {
  const trouble = gate?.trouble ?? null;
  if (trouble === null) return end;
  return trouble.isFinal || end.code !== 'stream_lost' ? trouble : end;
}

function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(milliseconds, done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

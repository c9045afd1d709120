import type { FfmpegProgram } from '../../../../src/source/ffmpeg-program.js';
import { CameraPool } from '../../../../src/source/live/camera-pool.js';
import { systemClock } from '../../../../src/source/live/clock.js';
import type { LiveCamera } from '../../../../src/source/live/live-camera.js';
import type { LiveFrame } from '../../../../src/source/live/live-frame.js';
import { LIVE_LIMITS, type LiveLimits } from '../../../../src/source/live/live-limits.js';
import type { LivePolicy } from '../../../../src/source/live/live-policy.js';
import type { LiveSource } from '../../../../src/source/live/live-source.js';
import type { LiveTarget } from '../../../../src/source/live/live-target.js';
import type { LiveStatus } from '../../../../src/source/live/live-status.js';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';

/** What is waited for comes within this, or the test fails with what came instead. */
const PATIENCE_MS = 12_000;

/** A camera on this machine's clock, and all that it told. */
export class WatchedCamera {
  readonly statuses: LiveStatus[] = [];
  readonly frames: LiveFrame[] = [];
  readonly pids = new Set<number>();
  readonly pool: CameraPool;
  readonly camera: LiveCamera;
  readonly #release: () => Promise<void>;
  readonly #waiting = new Set<() => void>();

  constructor(
    program: FfmpegProgram,
    source: LiveSource,
    options: {
      framesPerSecond?: number;
      limits?: Partial<LiveLimits>;
      policy?: LivePolicy;
      /** The source as it was opened, where more is known of it than its address says. */
      target?: LiveTarget;
    } = {},
  ) {
    this.pool = new CameraPool({
      ...{ program, size: 32, limits: { ...LIVE_LIMITS, ...options.limits } },
      ...{
        memoryBytes: 1e6,
        policy: options.policy ?? (() => undefined),
        clock: systemClock,
        random: () => 0.5,
      },
    });
    const share = this.pool.take(options.target ?? parseLiveUrl(source), source.maxAttempts ?? null);
    this.camera = share.camera;
    this.#release = () => share.release();
    this.camera.need(this, options.framesPerSecond ?? 10);
    this.camera.listen({
      onFrame: (frame) => {
        this.frames.push(frame);
        if (this.camera.pid !== null) this.pids.add(this.camera.pid);
        this.#wake();
      },
      onStatus: (status) => {
        this.statuses.push(status);
        this.#wake();
      },
    });
    share.start();
  }

  /** State by state, those that follow themselves once. */
  get states(): string[] {
    return this.statuses.map(({ state }) => state);
  }

  /** Waits until something holds; asked after every frame and state. */
  async until(holds: () => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const told = this.statuses.map(({ state, reason }) => `${state}: ${reason}`).join('; ');
        reject(new Error(`it did not come; ${this.frames.length} frames, ${told}`));
      }, PATIENCE_MS);
    });
    try {
      while (!holds()) {
        await Promise.race([new Promise<void>((resolve) => this.#waiting.add(resolve)), late]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for the next state of a kind from now on. */
  async next(state: LiveStatus['state']): Promise<LiveStatus> {
    const from = this.statuses.length;
    const find = () => this.statuses.slice(from).find((status) => status.state === state);
    await this.until(() => find() !== undefined);
    return find() as LiveStatus;
  }

  /** Waits for so many more frames. */
  async more(frames: number): Promise<void> {
    const wanted = this.frames.length + frames;
    await this.until(() => this.frames.length >= wanted);
  }

  release(): Promise<void> {
    return this.#release();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The frames' times grow, in both clocks. */
export function timesGrow(frames: readonly LiveFrame[]): boolean {
  return frames.every((frame, i) => {
    const before = frames[i - 1];
    return (
      before === undefined ||
      (frame.timestampSeconds > before.timestampSeconds && frame.capturedAtMs >= before.capturedAtMs)
    );
  });
}

import { RequestError } from '../shared/errors.js';
import type { Timeline } from './timeline.js';
import { VIDEO_LIMITS } from './video-limits.js';

/** Shorter steps are two packets of one frame: no camera takes a picture every 50 microseconds. */
const SAME_FRAME_SECONDS = 50e-6;
/** The length of a lone frame of a file that does not say how long it lasts. */
const DEFAULT_FRAME_SECONDS = 0.04;

/** Gathers ffprobe's lines about packets or frames into a timeline. */
export class TimelineBuilder {
  readonly #path: string;
  readonly #maxSeconds: number;
  readonly #seconds: number[] = [];
  readonly #isKey: number[] = [];
  #firstSeconds = Infinity;
  #last = { seconds: -Infinity, duration: 0 };
  #untimed = 0;

  /** @param maxSeconds from the first frame to the last one; more is refused */
  constructor(path: string, maxSeconds = Infinity) {
    this.#path = path;
    this.#maxSeconds = maxSeconds;
  }

  /**
   * Takes one line, `pts_time=0.040000|duration_time=0.040000|flags=K_`. Packets that an edit list hides
   * (`D`) are decoded but not displayed, so they do not count.
   * @throws RequestError `video_too_long`, `video_duration`
   */
  add(line: string): void {
    const fields = new Map(line.split('|').map((field) => [before(field), after(field)]));
    const flags = fields.get('flags');
    if (flags?.includes('D') === true) return;
    const seconds = Number(fields.get('pts_time') ?? fields.get('best_effort_timestamp_time'));
    if (!Number.isFinite(seconds)) {
      if (fields.size > 1) this.#untimed++;
      return;
    }
    if (this.#seconds.length >= VIDEO_LIMITS.maxFrames) {
      throw new RequestError(
        'video_too_long',
        `${JSON.stringify(this.#path)} has more than ${VIDEO_LIMITS.maxFrames} frames: cut it into parts`,
      );
    }
    const duration = Number(fields.get('duration_time') ?? fields.get('pkt_duration_time'));
    this.#seconds.push(seconds);
    this.#isKey.push(Number(flags?.startsWith('K') ?? fields.get('key_frame') === '1'));
    if (seconds > this.#last.seconds) this.#last = { seconds, duration: duration > 0 ? duration : 0 };
    this.#firstSeconds = Math.min(this.#firstSeconds, seconds);
    if (this.#last.seconds - this.#firstSeconds <= this.#maxSeconds) return;
    throw new RequestError(
      'video_duration',
      `the video takes more than the ${this.#maxSeconds} s that are allowed: cut it into parts`,
    );
  }

  /** Whether some frame came without a time, so that packets cannot tell the order of display. */
  get isIncomplete(): boolean {
    return this.#untimed > 0;
  }

  /** The timeline of what was added; empty when nothing was. */
  build(zero: number | 'first frame'): Timeline {
    const time = (packet: number): number => this.#seconds[packet] ?? 0;
    const sorted = Uint32Array.from(this.#seconds, (_, packet) => packet).sort((a, b) => time(a) - time(b));
    const kept = sorted.filter(
      (packet, i) => i === 0 || time(packet) - time(sorted[i - 1] ?? 0) > SAME_FRAME_SECONDS,
    );
    const zeroSeconds = zero === 'first frame' ? time(kept[0] ?? 0) : zero;
    const span = time(kept.at(-1) ?? 0) - time(kept[0] ?? 0);
    const average = kept.length > 1 ? span / (kept.length - 1) : DEFAULT_FRAME_SECONDS;
    const end = this.#last.seconds + (this.#last.duration > 0 ? this.#last.duration : average);
    return {
      seconds: Float64Array.from(kept, (packet) => time(packet) - zeroSeconds),
      isKey: Uint8Array.from(kept, (packet) => this.#isKey[packet] ?? 0),
      endSeconds: kept.length === 0 ? 0 : end - zeroSeconds,
      zeroSeconds,
    };
  }
}

function before(field: string): string {
  return field.slice(0, Math.max(0, field.indexOf('=')));
}

function after(field: string): string {
  return field.slice(field.indexOf('=') + 1);
}

import type { GenerationOptions } from '../language/generation.js';
import type { Task } from '../tasks/task.js';

/** What a live source is asked, how often, and about which frames. All of it can be changed while it runs. */
export interface StreamPlan {
  /** N frames of every window are looked at together, evenly spaced. */
  readonly framesPerWindow: number;
  /** W: how long a window is. */
  readonly windowSeconds: number;
  /** How much of a window the next one shows again; less than `windowSeconds`. A window begins every W - overlap s. */
  readonly overlapSeconds: number;
  /**
   * Asked about every window, in this order; its frames are encoded once, whatever their number. A prompt in the
   * user's own words is `{ kind: 'prompt', prompt }`. Detect, segment and refer look at the window's last frame.
   */
  readonly tasks: readonly Task[];
  readonly options: GenerationOptions;
  /** Windows in which nothing moves are passed over; null looks at all. */
  readonly motionGate: MotionGate | null;
  /** Windows outside of these hours are passed over; null looks at any time. Questions are answered at all times. */
  readonly schedule: Schedule | null;
}

export interface MotionGate {
  /** How much of the picture has to change since the last window looked at, 0 to 1; see docs/streams.md. */
  readonly threshold: number;
  /** A still picture is looked at so often all the same; null never. */
  readonly atLeastEverySeconds: number | null;
}

export interface Schedule {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  readonly slots: readonly ScheduleSlot[];
}

/** A stretch of the week. */
export interface ScheduleSlot {
  /** On which it begins: 0 Sunday to 6 Saturday. */
  readonly days: readonly number[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive; not later than `from`: it ends on the next day. */
  readonly until: string;
}

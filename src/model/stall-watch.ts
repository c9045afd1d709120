/** What the model process tells of itself every second, from a thread of its own. */
export interface Pulse {
  /** Turns of its main thread's event loop so far: they stand still while the model computes. */
  readonly turns: number;
  /** Milliseconds of processor time it has used so far, all threads. */
  readonly cpuMs: number;
  readonly residentBytes: number;
}

export interface StallLimits {
  /** Longest time without a pulse, or in which the process neither computes nor turns. */
  readonly stallSeconds: number;
  /** Longest time a computation may take, or requests may go without any sign of being worked on. */
  readonly runLimitSeconds: number;
}

export const DEFAULT_STALL_LIMITS: StallLimits = { stallSeconds: 30, runLimitSeconds: 900 };

/** A process that is being started on a busy machine may be silent for so long. */
const START_SECONDS = 60;

/** Less processor time than this between two pulses is the pulse's own. */
const IDLE_CPU_MS = 10;

/**
 * Tells a process that hangs from one that computes for long: a long prefix blocks its event loop for minutes but
 * uses the processor, a deadlock does not.
 *
 * Time is what `tick` was told, not a clock: when this process slept with the whole machine, nobody is to blame.
 */
export class StallWatch {
  readonly #limits: StallLimits;
  #last: Pulse | null = null;
  #hasStarted = false;
  #silentSeconds = 0;
  #idleSeconds = 0;
  #blockedSeconds = 0;
  #unansweredSeconds = 0;

  constructor(limits: StallLimits) {
    this.#limits = limits;
  }

  /** The newest pulse; null before the first. */
  get last(): Pulse | null {
    return this.#last;
  }

  pulse(pulse: Pulse): void {
    const turned = pulse.turns !== this.#last?.turns;
    const computed = pulse.cpuMs - (this.#last?.cpuMs ?? 0) >= IDLE_CPU_MS;
    this.#hasStarted = true;
    this.#silentSeconds = 0;
    if (turned) this.#blockedSeconds = 0;
    if (turned || computed) this.#idleSeconds = 0;
    this.#last = pulse;
  }

  /** A message came: the process has started, and its request gets on. */
  progress(): void {
    if (!this.#hasStarted) this.#silentSeconds = this.#idleSeconds = this.#blockedSeconds = 0;
    this.#hasStarted = true;
    this.#unansweredSeconds = 0;
  }

  /**
   * So much time has passed.
   * @param isBusy - whether the process has been asked for something it has not answered
   * @returns why the process is taken to hang; null while it is not
   */
  tick(seconds: number, isBusy: boolean): string | null {
    const { stallSeconds, runLimitSeconds } = this.#limits;
    this.#silentSeconds += seconds;
    this.#idleSeconds += seconds;
    this.#blockedSeconds += seconds;
    this.#unansweredSeconds = isBusy ? this.#unansweredSeconds + seconds : 0;
    const silentLimit = this.#hasStarted ? stallSeconds : Math.max(stallSeconds, START_SECONDS);
    if (this.#silentSeconds >= silentLimit) return `no sign of life for ${silentLimit} s`;
    if (!this.#hasStarted) return null;
    if (this.#idleSeconds >= stallSeconds) return `it did nothing for ${stallSeconds} s`;
    if (this.#blockedSeconds >= runLimitSeconds) return `one computation took over ${runLimitSeconds} s`;
    if (this.#unansweredSeconds >= runLimitSeconds)
      return `nothing came of a request for ${runLimitSeconds} s`;
    return null;
  }
}

/**
 * Puts steps that come at about the same time into one batch.
 *
 * Whoever waits for a step asks for the next one a turn of the event loop later. So a batch begins a turn after its
 * first step came; when fewer have come than were in the last batch, it gives the others one turn more, so that
 * sequences that once fell out of step find together again. A sequence on its own never waits for another.
 */
export class StepBatcher<Step, Result> {
  readonly #run: (steps: readonly Step[]) => Promise<readonly Result[]>;
  readonly #max: number;
  #waiting: Waiting<Step, Result>[] = [];
  #lastCount = 1;
  #isScheduled = false;

  /** @param max - steps of one batch; more are run in groups */
  constructor(run: (steps: readonly Step[]) => Promise<readonly Result[]>, max: number) {
    this.#run = run;
    this.#max = max;
  }

  /** Rejects with what its batch failed with. */
  add(step: Step): Promise<Result> {
    const result = new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ step, resolve, reject });
    });
    if (!this.#isScheduled) this.#schedule(true);
    return result;
  }

  #schedule(mayWait: boolean): void {
    this.#isScheduled = true;
    setImmediate(() => {
      if (mayWait && this.#waiting.length < this.#lastCount) this.#schedule(false);
      else void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    this.#isScheduled = false;
    this.#lastCount = all.length;
    for (let start = 0; start < all.length; start += this.#max) {
      const group = all.slice(start, start + this.#max);
      try {
        const results = await this.#run(group.map(({ step }) => step));
        group.forEach(({ resolve }, i) => {
          resolve(results[i] as Result);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
  }
}

interface Waiting<Step, Result> {
  readonly step: Step;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

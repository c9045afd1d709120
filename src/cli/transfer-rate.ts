/** How long back the rate looks: short enough to follow a line that slows down, long enough not to jump. */
const WINDOW_MS = 10_000;

/** Below it a rate says nothing. */
const SHORTEST_MS = 500;

/** How fast something comes, over the last ten seconds. */
export class TransferRate {
  private readonly marks: { readonly ms: number; readonly done: number }[] = [];

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes how much is there; less than before (something is begun again) begins anew. */
  note(done: number): void {
    const ms = this.now();
    if (done < (this.marks.at(-1)?.done ?? 0)) this.marks.length = 0;
    this.marks.push({ ms, done });
    while (this.marks.length > 2 && ms - (this.marks[1]?.ms ?? ms) >= WINDOW_MS) this.marks.shift();
  }

  /** Null until it can be told. */
  get bytesPerSecond(): number | null {
    const [first] = this.marks;
    const last = this.marks.at(-1);
    if (first === undefined || last === undefined || last.ms - first.ms < SHORTEST_MS) return null;
    return ((last.done - first.done) / (last.ms - first.ms)) * 1000;
  }

  /** Null when it cannot be told, or nothing comes. */
  secondsLeft(total: number): number | null {
    const rate = this.bytesPerSecond;
    const done = this.marks.at(-1)?.done ?? 0;
    return rate === null || rate === 0 ? null : (total - done) / rate;
  }
}

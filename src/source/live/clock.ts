/** Time as live sources see it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970: may jump when somebody sets the machine's clock. */
  wallMs(): number;
  /** Milliseconds since some moment: never goes back. */
  monotonicMs(): number;
  /** Calls once after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

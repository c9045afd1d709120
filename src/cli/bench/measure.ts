/** How long work takes, milliseconds: of the wall, and of the processor (all threads together). */
export interface Measured {
  readonly wallMs: number;
  readonly processorMs: number;
}

/** The wall's time, or the processor's, of all threads together: it hardly depends on what else the machine does. */
export const CLOCKS = ['wall', 'processor'] as const;
export type Clock = (typeof CLOCKS)[number];

/** The fastest of several runs, after one that is not counted. */
export async function fastest(runs: number, work: () => Promise<unknown>): Promise<Measured> {
  await work();
  let best: Measured = { wallMs: Infinity, processorMs: Infinity };
  for (let run = 0; run < runs; run++) {
    const read = startMeasuring();
    await work();
    best = faster(best, read());
  }
  return best;
}

/** The smaller of each time; null when one is. */
export function faster<T extends Measured | null>(a: T, b: T): T {
  if (a === null || b === null) return a;
  return {
    ...a,
    wallMs: Math.min(a.wallMs, b.wallMs),
    processorMs: Math.min(a.processorMs, b.processorMs),
  };
}

/** Starts a clock; the function returned reads it. */
export function startMeasuring(): () => Measured {
  const before = process.cpuUsage();
  const begun = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - begun, processorMs: (user + system) / 1000 };
  };
}

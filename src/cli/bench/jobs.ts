import type { BenchEngine, Writing } from './engines/bench-engine.js';
import { faster, startMeasuring, type Measured } from './measure.js';
import { median } from './median.js';

/** One thing to measure. */
export type Job =
  | { readonly kind: 'encode'; readonly frames: number }
  | { readonly kind: 'prefix'; readonly rows: number; readonly steps: number; readonly together: number }
  | { readonly kind: 'caption'; readonly frames: number; readonly words: number };

export interface PrefixFigures {
  /** Up to the first word. */
  readonly prefill: Measured;
  /** One word more, alone: the median of the steps. */
  readonly step: Measured;
  /** The same of several texts at once; null when it was not asked for, or the engine cannot. */
  readonly stepTogether: Measured | null;
}

export interface CaptionFigures {
  readonly firstWord: Measured;
  readonly whole: Measured;
}

/** What one job took; `null` when the engine does not do such work. */
export type JobFigures =
  | { readonly kind: 'encode'; readonly perFrame: Measured | null }
  | { readonly kind: 'prefix'; readonly prefix: PrefixFigures }
  | { readonly kind: 'caption'; readonly caption: CaptionFigures | null };

/** Short work is done again, up to so many times or until so long has passed, and the fastest counts. */
const REPEATS = 8;
const LONG_ENOUGH_MS = 500;

/** Does a job, short ones several times. */
export async function runJob(engine: BenchEngine, job: Job): Promise<JobFigures> {
  const begun = performance.now();
  let best = await runOnce(engine, job);
  for (let run = 1; run < REPEATS && performance.now() - begun < LONG_ENOUGH_MS; run++) {
    best = fasterFigures(best, await runOnce(engine, job));
  }
  return best;
}

/** The faster of each part. */
function fasterFigures(a: JobFigures, b: JobFigures): JobFigures {
  if (a.kind === 'encode' && b.kind === 'encode') return { ...a, perFrame: faster(a.perFrame, b.perFrame) };
  if (a.kind === 'prefix' && b.kind === 'prefix') {
    const prefill = faster(a.prefix.prefill, b.prefix.prefill);
    const step = faster(a.prefix.step, b.prefix.step);
    const stepTogether = faster(a.prefix.stepTogether, b.prefix.stepTogether);
    return { kind: a.kind, prefix: { prefill, step, stepTogether } };
  }
  if (a.kind === 'caption' && b.kind === 'caption' && a.caption !== null && b.caption !== null) {
    const firstWord = faster(a.caption.firstWord, b.caption.firstWord);
    return { kind: a.kind, caption: { firstWord, whole: faster(a.caption.whole, b.caption.whole) } };
  }
  return a;
}

async function runOnce(engine: BenchEngine, job: Job): Promise<JobFigures> {
  switch (job.kind) {
    case 'encode': {
      if (engine.encode === null) return { kind: job.kind, perFrame: null };
      const read = startMeasuring();
      await engine.encode(job.frames);
      return { kind: job.kind, perFrame: divided(read(), job.frames) };
    }
    case 'prefix':
      return { kind: job.kind, prefix: await measurePrefix(engine, job) };
    case 'caption': {
      if (engine.caption === null) return { kind: job.kind, caption: null };
      const read = startMeasuring();
      let firstWord = read();
      await engine.caption(job.frames, job.words, () => {
        firstWord = read();
      });
      return { kind: job.kind, caption: { firstWord, whole: read() } };
    }
  }
}

async function measurePrefix(
  engine: BenchEngine,
  { rows, steps, together }: Extract<Job, { kind: 'prefix' }>,
): Promise<PrefixFigures> {
  const read = startMeasuring();
  const goOn = engine.together !== null && together > 1;
  const first = await engine.prefill(rows, goOn ? 2 * steps : steps);
  const prefill = read();
  const step = await measureSteps(first, steps);
  if (engine.together === null || !goOn) {
    await first.end();
    return { prefill, step, stepTogether: null };
  }
  const all = [first];
  while (all.length < together) all.push(await engine.prefill(rows, steps));
  const stepTogether = await measureSteps(engine.together(all), steps);
  for (const writing of all) await writing.end();
  return { prefill, step, stepTogether };
}

/** The median: right behind a long prefix the first step still pays for what the prefix left in memory. */
async function measureSteps(writing: Writing, steps: number): Promise<Measured> {
  const times: Measured[] = [];
  for (let step = 0; step < steps; step++) {
    const read = startMeasuring();
    await writing.next();
    times.push(read());
  }
  return {
    wallMs: median(times.map(({ wallMs }) => wallMs)) ?? NaN,
    processorMs: median(times.map(({ processorMs }) => processorMs)) ?? NaN,
  };
}

function divided({ wallMs, processorMs }: Measured, count: number): Measured {
  return { wallMs: wallMs / count, processorMs: processorMs / count };
}

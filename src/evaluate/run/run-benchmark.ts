import { setTimeout as delay } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors.js';
import type { Benchmark } from '../benchmarks/benchmark.js';
import type { BenchmarkItem } from '../readers/benchmark-item.js';
import { Claims } from './claims.js';
import { fillPrompt } from './fill-prompt.js';
import type { PredictionFile } from './prediction-file.js';
import { UnreadableMedia } from './unreadable-media.js';

/** Items that a worker takes at once: few enough that two finish together. */
const PART_ITEMS = 16;
/** How often a worker with nothing left looks whether another has died. */
const LOOK_MS = 500;

/** What the model said, and how far its mask covers the true one where it stands for a mask. */
export interface BenchmarkAnswer {
  readonly prediction: string;
  readonly overlap?: number;
}

export interface BenchmarkRun {
  readonly benchmark: Pick<Benchmark, 'prompt'>;
  /** The items, in the same order every time. */
  readonly items: () => AsyncIterable<BenchmarkItem>;
  /** @throws UnreadableMedia; anything else ends the run */
  readonly answer: (item: BenchmarkItem, prompt: string) => Promise<BenchmarkAnswer>;
  readonly file: PredictionFile;
  readonly signal?: AbortSignal;
  /** Told after each item, of this worker or another. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Answers the items that have no prediction yet. Several processes may do so on one file: each takes parts of the items
 * that no living one is at, so that none is answered twice. Items whose files are missing are noted and gone past.
 *
 * Returns when every item is answered or noted, by whomever.
 */
export async function runBenchmark(run: BenchmarkRun): Promise<void> {
  const claims = new Claims(`${run.file.path}.claims`);
  const noted = new Set<string>();
  for (;;) {
    let othersAtWork = false;
    for await (const { number, items } of parts(run.items())) {
      throwIfCancelled(run.signal);
      if (items.every(({ id }) => isDone(run.file, noted, id))) continue;
      if (await claims.take(String(number))) await workOn(run, claims, String(number), items, noted);
      else othersAtWork = true;
    }
    if (!othersAtWork) return;
    await delay(LOOK_MS, undefined, run.signal === undefined ? {} : { signal: run.signal }).catch(
      () => undefined,
    );
    throwIfCancelled(run.signal);
    await run.file.refresh();
  }
}

async function workOn(
  run: BenchmarkRun,
  claims: Claims,
  part: string,
  items: readonly BenchmarkItem[],
  noted: Set<string>,
): Promise<void> {
  try {
    await run.file.refresh(); // what another had answered before it let go of the part
    for (const item of items) {
      throwIfCancelled(run.signal);
      if (isDone(run.file, noted, item.id)) continue;
      await answerItem(run, item, noted);
      await claims.touch(part);
      await run.file.refresh();
      run.onProgress?.(run.file.predictions.size);
    }
  } finally {
    await claims.release(part);
  }
}

async function answerItem(
  { benchmark, answer, file }: BenchmarkRun,
  item: BenchmarkItem,
  noted: Set<string>,
) {
  const prompt = fillPrompt(benchmark.prompt, item.fields);
  try {
    await file.append({ id: item.id, ...(await answer(item, prompt)) });
  } catch (error) {
    if (!(error instanceof UnreadableMedia)) throw error;
    const { code, message } = error.reason;
    noted.add(item.id);
    await file.append({ id: item.id, missing: item.media.join(' '), reason: `${code}: ${message}` });
  }
}

/** An item noted by this worker is not tried again; one noted earlier is, as its file may have come. */
function isDone(file: PredictionFile, noted: ReadonlySet<string>, id: string): boolean {
  return noted.has(id) || file.predictions.get(id)?.prediction !== undefined;
}

async function* parts(items: AsyncIterable<BenchmarkItem>) {
  let number = 0;
  let part: BenchmarkItem[] = [];
  for await (const item of items) {
    part.push(item);
    if (part.length < PART_ITEMS) continue;
    yield { number: number++, items: part };
    part = [];
  }
  if (part.length > 0) yield { number, items: part };
}

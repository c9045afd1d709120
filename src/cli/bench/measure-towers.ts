import { readFile } from 'node:fs/promises';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Precision } from '../../graph/precision.js';
import { openTowers, type TowerOptions, type Towers } from '../../model/engine-towers.js';
import { IMAGE_TOKEN_AXES, PIXEL_AXES, tensor, type ImageTokens } from '../../shared/tensor.js';
import { fastest, startMeasuring, type Measured } from './measure.js';

export interface BenchOptions extends Pick<
  TowerOptions,
  'cacheDirectory' | 'threads' | 'onWarning' | 'onProgress'
> {
  readonly precision: Precision;
  /** Rows of the prefixes that are measured. */
  readonly prefixes: readonly number[];
  readonly runs: number;
}

/** What one precision of one model does; times in milliseconds. */
export interface TowerFigures {
  readonly precision: Precision;
  /** Opening as it was found: with the conversion when nothing was kept. */
  readonly firstStart: Measured;
  readonly warmStart: Measured;
  /** Resident bytes after the warm start and all runs; mapped weights are counted as far as they were touched. */
  readonly residentBytes: number;
  readonly anonymousBytes: number | null;
  readonly visionPerFrame: Measured;
  readonly prefixes: readonly PrefixFigures[];
}

export interface PrefixFigures {
  readonly rows: number;
  readonly prefill: Measured;
  /** One more id, alone. */
  readonly step: Measured;
  /** One more id of each of four sequences at once. */
  readonly stepOfFour: Measured;
}

const STEPS = 8;
const TOGETHER = 4;

/** Opens the towers twice, and measures them. Only one model is in memory at a time. */
export async function measureTowers(checkpoint: Checkpoint, options: BenchOptions): Promise<TowerFigures> {
  const cold = await start(checkpoint, options);
  await close(cold.towers);
  const { towers: opened, measured: warmStart } = await start(checkpoint, options);
  try {
    const visionPerFrame = await fastest(options.runs, () => opened.vision.encode([frame(checkpoint)]));
    const prefixes: PrefixFigures[] = [];
    for (const rows of options.prefixes)
      prefixes.push(await measurePrefix(checkpoint, opened, rows, options.runs));
    return {
      precision: options.precision,
      firstStart: cold.measured,
      warmStart,
      residentBytes: process.memoryUsage.rss(),
      anonymousBytes: await anonymousBytes(),
      visionPerFrame,
      prefixes,
    };
  } finally {
    await close(opened);
  }
}

async function start(
  checkpoint: Checkpoint,
  options: BenchOptions,
): Promise<{ readonly towers: Towers; readonly measured: Measured }> {
  const measure = startMeasuring();
  const towers = await openTowers(checkpoint, { ...options, imageTokenCacheBytes: 0 });
  return { towers, measured: measure() };
}

async function measurePrefix(
  { config }: Checkpoint,
  { decoder }: Towers,
  rows: number,
  runs: number,
): Promise<PrefixFigures> {
  const prompt = [config.bosTokenId, 5, 6, 7];
  const images = imageTokens(rows - prompt.length, config.projectionDim);
  const some = Math.ceil(runs / 2); // runs of the steps, which are many each
  const read = () => decoder.prefill(images, prompt, 2 * STEPS * (some + 1));
  const prefill = await fastest(runs, read);
  const sequences = await Promise.all(Array.from({ length: TOGETHER }, read));
  const [first] = sequences;
  const perStep = ({ wallMs, processorMs }: Measured) => ({
    wallMs: wallMs / STEPS,
    processorMs: processorMs / STEPS,
  });
  const repeat = (append: () => Promise<unknown>) => async () => {
    for (let step = 0; step < STEPS; step++) await append();
  };
  const stepOfFour = await fastest(
    some,
    repeat(() => Promise.all(sequences.map((s) => s.append(9)))),
  );
  const alone = first === undefined ? await read() : first;
  const step = await fastest(
    some,
    repeat(() => alone.append(9)),
  );
  return { rows, prefill, step: perStep(step), stepOfFour: perStep(stepOfFour) };
}

function imageTokens(rows: number, width: number): ImageTokens {
  const data = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i * 0.37));
  return tensor(IMAGE_TOKEN_AXES, [1, rows, width], data);
}

function frame({ config }: Checkpoint) {
  const { imageSize } = config.vision;
  const data = Uint8Array.from({ length: imageSize * imageSize * 3 }, (_, i) => (i * 37) % 256);
  return { key: 'bench', pixels: tensor(PIXEL_AXES, [imageSize, imageSize, 3], data) };
}

async function close({ vision, decoder, weights }: Towers): Promise<void> {
  await vision.dispose();
  await decoder.dispose();
  await weights.dispose();
}

/** Memory that is no file's; null where the system does not tell. */
async function anonymousBytes(): Promise<number | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const found = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}

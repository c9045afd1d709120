import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpoint } from '../../checkpoint/open-checkpoint.js';
import { parametersOf } from '../../graph/stored-weights.js';
import { throwIfCancelled } from '../../shared/errors.js';
import { bundledModelDirectory } from '../bundled-model.js';
import type { CliContext } from '../context.js';
import { loadingBar } from '../loading-bar.js';
import { engineSettings } from '../model-options.js';
import { warner } from '../warner.js';
import { benchTable, type BenchReport } from './bench-table.js';
import { machineLimits } from './machine-limits.js';
import { measureTowers } from './measure-towers.js';
import type { BenchOptions } from './options.js';
import { writeRandomCheckpoint } from './write-random-checkpoint.js';

/** Measures in this process, one model at a time, and prints a report for each. */
export async function runBench(context: CliContext, options: BenchOptions): Promise<void> {
  const { threads, cacheDirectory, directory } = engineSettings(context, options);
  const onWarning = warner(context, options);
  const onProgress = loadingBar(context.stderr, options.quiet === true);
  const folders = options.random === true ? [await randomModel(cacheDirectory, options)] : [directory];
  const limits = await machineLimits(threads, options.runs);
  for (const folder of folders) {
    const checkpoint = await openCheckpoint(folder);
    const prefixes = options.prefixes.filter((rows) => rows < checkpoint.config.text.maxPositions);
    const figures: BenchReport['figures'][number][] = [];
    for (const precision of options.precisions) {
      throwIfCancelled(context.signal);
      const { runs } = options;
      const settings = { cacheDirectory, threads, precision, prefixes, runs, onWarning, onProgress };
      figures.push(await measureTowers(checkpoint, settings));
    }
    const report = { model: folder, parameters: parametersOf(checkpoint), threads, limits, figures };
    context.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : benchTable(report));
  }
}

/** In the cache folder, written once for each shape; the empty file at the end says that all of it is there. */
async function randomModel(cacheDirectory: string, options: BenchOptions): Promise<string> {
  const { visionLayers, textLayers, vocabSize } = options;
  const folder = join(cacheDirectory, 'bench', `random-${visionLayers}-${textLayers}-${vocabSize}`);
  const complete = join(folder, 'complete');
  if (await stat(complete).catch(() => null)) return folder;
  await mkdir(folder, { recursive: true });
  const tokenizer = join(bundledModelDirectory(), 'tokenizer.json');
  await writeRandomCheckpoint(folder, { visionLayers, textLayers, vocabSize }, tokenizer);
  await writeFile(complete, '');
  return folder;
}

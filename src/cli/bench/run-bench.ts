import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { openCheckpoint } from '../../checkpoint/open-checkpoint.js';
import { parametersOf } from '../../graph/stored-weights.js';
import { bundledModelDirectory } from '../bundled-model.js';
import type { CliContext } from '../context.js';
import { engineSettings } from '../model-options.js';
import { warner } from '../warner.js';
import { benchTable } from './bench-table.js';
import { ownContestant, peerContestant, type Contestant } from './contestant.js';
import { machineLimits } from './machine-limits.js';
import type { BenchOptions } from './options.js';
import { planJobs, PROMPT_ROWS, STEPS } from './plan-jobs.js';
import { runRounds } from './run-rounds.js';
import { writeRandomCheckpoint } from './write-random-checkpoint.js';

/** Measures one model after the other, each engine in a process of its own, and prints a report for each. */
export async function runBench(context: CliContext, options: BenchOptions): Promise<void> {
  const { threads, cacheDirectory, directory } = engineSettings(context, options);
  const onWarning = warner(context, options);
  const onStep = (step: string) => {
    if (options.quiet !== true) context.stderr.write(`${step}\n`);
  };
  const folders =
    options.random === true ? [directory, await randomModel(cacheDirectory, options)] : [directory];
  const limits = await machineLimits(threads, options.runs, options.clock);
  for (const folder of folders) {
    const checkpoint = await openCheckpoint(folder);
    const { imageTokens, text } = checkpoint.config;
    const jobs = planJobs(options, { imageTokens, maxPositions: text.maxPositions });
    const maxRows = Math.max(
      ...jobs.map((job) => (job.kind === 'prefix' ? job.rows + 2 * STEPS : PROMPT_ROWS)),
      MIN_ROWS,
    );
    const contestants = contestantsOf(checkpoint, options, { cacheDirectory, threads, maxRows });
    const { signal, config } = context;
    const { environment } = config;
    const rounds = { rounds: options.runs, jobs, signal, environment, onWarning, onStep };
    const engines = await runRounds(contestants, rounds);
    const { words, clock } = options;
    const parameters = parametersOf(checkpoint);
    const report = { model: folder, parameters, threads, clock, words, limits, engines };
    context.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : benchTable(report));
  }
}

/** Room for the shortest texts that are tried. */
const MIN_ROWS = 256;

/** Peers read Gemma of the first generation only. */
function contestantsOf(
  checkpoint: Checkpoint,
  { precisions, peers }: BenchOptions,
  settings: Parameters<typeof ownContestant>[2],
): Contestant[] {
  const ours = precisions.map((precision) => ownContestant(checkpoint, precision, settings));
  if (peers === false || checkpoint.config.text.family !== 'gemma') return ours;
  return [...ours, ...peers.map((peer) => peerContestant(checkpoint, peer, settings))];
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

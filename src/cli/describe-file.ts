import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { openClips } from '../clip/open-clips.js';
import { consume } from '../pipeline/consume.js';
import { describeClips } from '../pipeline/describe-clips.js';
import type { Question } from '../pipeline/events.js';
import { RetryableError, throwIfCancelled } from '../shared/errors.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import { openLocalFile } from '../source/local-file.js';
import { bundledModelDirectory } from './bundled-model.js';
import type { CliContext } from './context.js';
import { type GenerationFlags, generationOptions } from './generation-options.js';
import { engineSettings, type ModelOptions } from './model-options.js';
import { progressBar } from './progress-bar.js';
import { type Format, resultFormat } from './result-format.js';
import { ResultPrinter } from './result-printer.js';
import { type SamplingFlags, samplingPlan, timeRange } from './sampling-options.js';
import { warner } from './warner.js';
import { withModel } from './with-model.js';
import { writeAtomically } from './write-atomically.js';

export interface DescribeOptions extends ModelOptions, GenerationFlags, SamplingFlags {
  readonly format?: Format;
  readonly output?: string;
}

/** What the bundled model was trained on, and what PaliGemma was trained on. */
const BUNDLED_FRAMES = 8;
const PALIGEMMA_FRAMES = 16;

/** Asks one question about every clip of a video or picture file and prints what comes. */
export async function describeFile(
  context: CliContext,
  file: string,
  question: Question,
  options: DescribeOptions,
): Promise<void> {
  const { signal, stdout } = context;
  const { directory } = engineSettings(context, options);
  const plan = samplingPlan(
    options,
    directory === bundledModelDirectory() ? BUNDLED_FRAMES : PALIGEMMA_FRAMES,
  );
  const range = timeRange(options);
  const generation = generationOptions(options, 0);
  const format = options.format ?? (options.json === true ? 'json' : 'text');
  const several = plan.kind !== 'even' && plan.kind !== 'stride';
  const collected: string[] = [];
  const warn = warner(context, options);
  await openLocalFile(file); // the commonest mistake is told before anything is started

  await withModel(context, options, async (model) => {
    const [{ preprocessor }, tools] = await Promise.all([
      openCheckpoint(directory),
      findFfmpeg(context.config.ffmpeg),
    ]);
    throwIfCancelled(signal);
    let total: number | null = null;
    const bar = progressBar(context, options.quiet === true);
    let failures = 0;
    const printer = new ResultPrinter({
      format: resultFormat(format, several),
      streams: format === 'text' && options.output === undefined && stdout.isTTY,
      several,
      bar,
      write: (text) => {
        if (options.output === undefined) stdout.write(text);
        else collected.push(text);
      },
      onFailure: (event) => {
        failures++;
        warn(`no text for the clip at ${event.startSeconds} s: ${event.message}`);
      },
    });
    const events = describeClips({
      open: (stop) =>
        openClips(file, {
          tools,
          size: preprocessor.size,
          plan,
          range,
          signal: stop,
          onWarning: warn,
          onOpen: (opened) => {
            total = opened.clips;
            bar.start(opened.clips);
          },
        }),
      total: () => total,
      model,
      questions: [question],
      options: generation,
    });
    try {
      await consume(
        events,
        (event) => {
          printer.take(event);
        },
        signal,
      );
    } finally {
      bar.stop();
    }
    if (failures > 0) {
      throw new RetryableError('clips_incomplete', `${failures} clips got no text: try again`);
    }
  });
  if (options.output !== undefined) await writeAtomically(options.output, collected.join(''));
}

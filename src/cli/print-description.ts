import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { TimeRange } from '../clip/frame-span.js';
import { openClips } from '../clip/open-clips.js';
import type { SamplingPlan } from '../clip/sampling-plan.js';
import type { GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { consume } from '../pipeline/consume.js';
import { describeClips } from '../pipeline/describe-clips.js';
import type { Question } from '../pipeline/events.js';
import { RetryableError, throwIfCancelled } from '../shared/errors.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import type { CliContext } from './context.js';
import { type ProgressBar, progressBar } from './progress-bar.js';
import { type Format, resultFormat } from './result-format.js';
import { ResultPrinter } from './result-printer.js';
import type { warner } from './warner.js';
import { writeAtomically } from './write-atomically.js';

/** A command line that asks about a file, understood and checked. */
export interface PrintedDescription {
  readonly file: string;
  readonly question: Question;
  readonly modelDirectory: string;
  readonly plan: SamplingPlan;
  readonly range: TimeRange;
  readonly generation: GenerationOptions;
  readonly format: Format;
  /** File to write to; null: stdout. */
  readonly output: string | null;
  readonly quiet: boolean;
  readonly warn: ReturnType<typeof warner>;
}

/** Asks about every clip; the first is being decoded while the model still opens. */
export async function printDescription(
  context: CliContext,
  model: Model,
  description: PrintedDescription,
): Promise<void> {
  const { file, plan, range, output, warn } = description;
  const [{ preprocessor }, tools] = await Promise.all([
    openCheckpoint(description.modelDirectory),
    findFfmpeg(context.config.ffmpeg),
  ]);
  throwIfCancelled(context.signal);
  let total: number | null = null;
  let failures = 0;
  const collected: string[] = [];
  const bar = progressBar(context.stderr, description.quiet);
  const printer = printerOf(context, description, bar, {
    write: (text) => {
      if (output === null) context.stdout.write(text);
      else collected.push(text);
    },
    onFailure: (event) => {
      failures++;
      warn(`no text for the clip at ${event.startSeconds} s: ${event.message}`);
    },
  });
  const open = (signal: AbortSignal): ReturnType<typeof openClips> =>
    openClips(file, {
      tools,
      size: preprocessor.size,
      plan,
      range,
      signal,
      onWarning: warn,
      onOpen: ({ clips }) => {
        total = clips;
        bar.start(clips);
      },
    });
  const { question, generation: options } = description;
  const events = describeClips({ open, total: () => total, model, questions: [question], options });
  try {
    await consume(
      events,
      (event) => {
        printer.take(event);
      },
      context.signal,
    );
  } finally {
    bar.stop();
  }
  if (failures > 0) throw new RetryableError('clips_incomplete', `${failures} clips got no text: try again`);
  if (output !== null) await writeAtomically(output, collected.join(''));
}

function printerOf(
  { stdout }: CliContext,
  { format, plan, output }: PrintedDescription,
  bar: ProgressBar,
  to: Pick<ConstructorParameters<typeof ResultPrinter>[0], 'write' | 'onFailure'>,
): ResultPrinter {
  const several = plan.kind !== 'even' && plan.kind !== 'stride';
  const streams = format === 'text' && output === null && stdout.isTTY;
  return new ResultPrinter({ format: resultFormat(format, several), several, streams, bar, ...to });
}

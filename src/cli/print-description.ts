import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { TimeRange } from '../clip/frame-span.js';
import { type OpenedVideo, openClips } from '../clip/open-clips.js';
import type { EvenPlan, EveryPlan, SamplingPlan } from '../clip/sampling-plan.js';
import type { GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { consume } from '../pipeline/consume.js';
import { describeClips } from '../pipeline/describe-clips.js';
import { DrawingCollector } from '../pipeline/draw/collect-drawing.js';
import type { PipelineEvent, Question } from '../pipeline/events.js';
import { openLooks } from '../pipeline/open-looks.js';
import { readWorld } from '../pipeline/world.js';
import { RetryableError, throwIfCancelled } from '../shared/errors.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import type { CliContext } from './context.js';
import { drawFile } from './draw-file.js';
import type { DrawTarget } from './draw-options.js';
import { MaskFiles } from './mask-files.js';
import { OnceNote } from './once-note.js';
import { ProblemCount } from './problem-count.js';
import { type ProgressBar, progressBar } from './progress-bar.js';
import { type Format, resultFormat } from './result-format.js';
import { ResultPrinter } from './result-printer.js';
import type { warner } from './warner.js';
import { writeAtomically } from './write-atomically.js';

/** A command line that asks about a file, understood and checked. */
export interface PrintedDescription {
  readonly file: string;
  /** Whether the file is a still picture, so that there is one result and no times. */
  readonly isPicture: boolean;
  readonly question: Question;
  readonly modelDirectory: string;
  readonly plan: SamplingPlan;
  /** The single frames that are asked about; null: clips as `plan` says. */
  readonly looks: EvenPlan | EveryPlan | null;
  readonly range: TimeRange;
  readonly generation: GenerationOptions;
  readonly format: Format;
  readonly polygons: boolean;
  /** File to write to; null: stdout. */
  readonly output: string | null;
  readonly draw: DrawTarget | null;
  /** Folder for masks as PNG; null: none are written. */
  readonly masks: { readonly folder: string; readonly overwrite: boolean } | null;
  readonly quiet: boolean;
  readonly warn: ReturnType<typeof warner>;
}

/** Asks about every clip; the first is being decoded while the model still opens. */
export async function printDescription(
  context: CliContext,
  model: Model,
  description: PrintedDescription,
): Promise<void> {
  const { file, range, output, warn, draw, masks, quiet } = description;
  const [{ preprocessor }, tools, world] = await Promise.all([
    openCheckpoint(description.modelDirectory),
    findFfmpeg(context.config.ffmpeg),
    readWorld(description.modelDirectory),
  ]);
  throwIfCancelled(context.signal);
  let opened: OpenedVideo | null = null;
  let failures = 0;
  const collected: string[] = [];
  const bar = progressBar(context.stderr, quiet);
  const note = new OnceNote(context.stderr, quiet, bar);
  const printer = printerOf(context, description, bar, note, {
    write: (text) => {
      if (output === null) context.stdout.write(text);
      else collected.push(text);
    },
    onFailure: (event) => {
      failures++;
      warn(`no text for the clip at ${event.startSeconds} s: ${event.message}`);
    },
  });
  const open = (signal: AbortSignal): ReturnType<typeof openClips> => {
    const { plan, looks } = description;
    const options = {
      tools,
      size: preprocessor.size,
      range,
      signal,
      onWarning: warn,
      onOpen: (video: OpenedVideo) => {
        opened = video;
        bar.start(video.clips);
      },
    };
    return looks === null
      ? openClips(file, { ...options, plan })
      : openLooks(file, { ...options, plan: looks });
  };
  const known = (): OpenedVideo | null => opened;
  const drawing = new DrawingCollector(!description.isPicture);
  const maskFiles = masks === null ? null : new MaskFiles(masks.folder, masks.overwrite);
  const problems = new ProblemCount();
  const take = (event: PipelineEvent): void => {
    printer.take(event);
    if (draw !== null) drawing.take(event);
    if (event.kind === 'masks') maskFiles?.take(event);
    if (event.kind === 'masks' || event.kind === 'detections') problems.take(event);
  };
  const events = describeClips({
    open,
    total: () => known()?.clips ?? null,
    model: note.watch(model, world),
    questions: [description.question],
    options: description.generation,
    things: { size: () => sizeOf(known()) },
  });
  try {
    await consume(events, take, context.signal);
  } finally {
    bar.stop();
  }
  // First, so that the results are kept when masks or the drawing fail.
  if (output !== null && failures === 0) await writeAtomically(output, collected.join(''));
  await maskFiles?.done();
  if (problems.sentence !== null) warn(problems.sentence);
  const source = known();
  if (draw !== null && source !== null) {
    const { video, startSeconds } = source;
    await drawFile(context, draw, { video, tools, startSeconds }, drawing.drawing, quiet);
  }
  if (failures > 0) throw new RetryableError('clips_incomplete', `${failures} clips got no text: try again`);
}

function sizeOf(opened: OpenedVideo | null): { width: number; height: number } {
  return { width: opened?.video.widthPixels ?? 1, height: opened?.video.heightPixels ?? 1 };
}

function printerOf(
  { stdout }: CliContext,
  { format, plan, looks, output, isPicture: isOne, polygons }: PrintedDescription,
  bar: ProgressBar,
  note: OnceNote,
  to: Pick<ConstructorParameters<typeof ResultPrinter>[0], 'write' | 'onFailure'>,
): ResultPrinter {
  const several = looks === null ? plan.kind !== 'even' && plan.kind !== 'stride' : !isOne;
  const streams = format === 'text' && output === null && stdout.isTTY;
  const takeNote = (): string | null => note.take();
  return new ResultPrinter({
    format: resultFormat(format, { several, polygons, takeNote }),
    several,
    streams,
    bar,
    ...to,
  });
}

import type { EvenPlan, EveryPlan } from '../clip/sampling-plan.js';
import type { Question } from '../pipeline/events.js';
import { openLocalFile } from '../source/local-file.js';
import { stillKind } from '../source/still-kind.js';
import type { CliContext } from './context.js';
import { defaultFrames } from './default-frames.js';
import { type DrawFlags, drawTarget } from './draw-options.js';
import { type GenerationFlags, generationOptions } from './generation-options.js';
import { maskFolder } from './mask-folder.js';
import { engineSettings, type ModelOptions } from './model-options.js';
import type { Format } from './result-format.js';
import { outputTarget } from './output-target.js';
import { type SamplingFlags, samplingPlan, timeRange } from './sampling-options.js';
import { warner } from './warner.js';
import { withModel } from './with-model.js';

export interface DescribeOptions extends ModelOptions, GenerationFlags, SamplingFlags, DrawFlags {
  readonly format?: Format;
  readonly output?: string;
  readonly masks?: string;
  readonly polygons?: boolean;
}

/** A picture is seen once, unless it is asked for otherwise. */
const PICTURE_FRAMES = 1;

/**
 * Asks one question about every clip of a video or picture file and prints what comes.
 *
 * What is wrong with the command line is told before anything is started; then the model process is forked, and
 * the rest of the program is loaded while that one loads its model.
 *
 * @param looks the single frames that are asked about, each by itself; null: clips, as the options say
 */
export async function describeFile(
  context: CliContext,
  file: string,
  question: Question,
  options: DescribeOptions,
  looks: EvenPlan | EveryPlan | null = null,
): Promise<void> {
  const settings = engineSettings(context, options);
  const inVideo = await defaultFrames(settings.directory);
  const asked = {
    plan: looks ?? samplingPlan(options, inVideo),
    range: timeRange(options),
    generation: generationOptions(options, 0),
  };
  const input = await openLocalFile(file);
  const isPicture = (await stillKind(input)) !== undefined;
  const { masks, overwrite = false } = options;
  const draw = await drawTarget(input, options);
  const description = {
    ...asked,
    plan: looks ?? (isPicture ? samplingPlan(options, PICTURE_FRAMES) : asked.plan),
    file,
    isPicture,
    question,
    modelDirectory: settings.directory,
    looks,
    format: options.format ?? (options.json === true ? 'json' : 'text'),
    output: await outputTarget(input, options.output, draw?.path ?? null),
    quiet: options.quiet === true,
    warn: warner(context, options),
    draw,
    masks: masks === undefined ? null : { folder: await maskFolder(masks), overwrite },
    polygons: options.polygons === true,
  } as const;
  await withModel(context, options, async (model) => {
    const { printDescription } = await import('./print-description.js');
    await printDescription(context, model, description);
  });
}

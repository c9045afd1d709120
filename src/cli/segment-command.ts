import { Command } from 'commander';
import { DEFAULT_MASK_TOKENS } from '../pipeline/default-new-tokens.js';
import { promptFor } from '../tasks/prompt-for.js';
import type { CliContext } from './context.js';
import { describeFile, type DescribeOptions } from './describe-file.js';
import { addDrawOptions } from './draw-options.js';
import { addGenerationOptions } from './generation-options.js';
import { addLookOptions, lookPlan } from './look-options.js';
import { addModelOptions } from './model-options.js';
import { addOutputOptions } from './output-options.js';
import { addThingOptions, conventionOf, type ThingFlags, thingNames } from './thing-options.js';

const HELP = `
Examples:
  $ palistream segment farm.mp4 cow --draw masks.mp4
  $ palistream segment photo.jpg "dog ; ball" --masks masks/
  $ palistream segment farm.mp4 cow --frames 4 --json --polygons

In JSON masks are COCO run lengths of the whole picture.`;

export function segmentCommand(context: CliContext): Command {
  const command = new Command('segment')
    .description('find things in a video or a picture: boxes and masks')
    .argument('<file>', 'a video or picture file')
    .argument('<things...>', 'what to find, one or more: "cow ; car" or cow car')
    .option('--masks <dir>', 'write each mask as a PNG into this folder')
    .option('--polygons', 'with --json: outlines of the masks too');
  return addGenerationOptions(
    addDrawOptions(addThingOptions(addOutputOptions(addLookOptions(addModelOptions(command))))),
    DEFAULT_MASK_TOKENS,
  )
    .addHelpText('after', HELP)
    .action((file: string, things: string[], options: DescribeOptions & ThingFlags) => {
      const prompt = promptFor({ kind: 'segment', things: thingNames(things) });
      const question = { kind: 'segment', prompt, convention: conventionOf(options) } as const;
      return describeFile(context, file, question, options, lookPlan(options));
    });
}

import { Command } from 'commander';
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
  $ palistream detect farm.mp4 "cow ; horse"
  $ palistream detect farm.mp4 cow horse --every 0.5 --draw boxes.mp4
  $ palistream detect photo.jpg dog --json

Each frame is looked at by itself; the boxes of one thing have the same number in all of them.`;

export function detectCommand(context: CliContext): Command {
  const command = new Command('detect')
    .description('find things in a video or a picture: boxes')
    .argument('<file>', 'a video or picture file')
    .argument('<things...>', 'what to find, one or more: "cow ; car" or cow car');
  return addGenerationOptions(
    addDrawOptions(addThingOptions(addOutputOptions(addLookOptions(addModelOptions(command))))),
  )
    .addHelpText('after', HELP)
    .action((file: string, things: string[], options: DescribeOptions & ThingFlags) => {
      const prompt = promptFor({ kind: 'detect', things: thingNames(things) });
      const question = { kind: 'detect', prompt, convention: conventionOf(options) } as const;
      return describeFile(context, file, question, options, lookPlan(options));
    });
}

import { Command } from 'commander';
import { promptFor } from '../tasks/prompt-for.js';
import type { CliContext } from './context.js';
import { describeFile, type DescribeOptions } from './describe-file.js';
import { addDrawOptions } from './draw-options.js';
import { addGenerationOptions } from './generation-options.js';
import { addLookOptions, lookPlan } from './look-options.js';
import { addModelOptions } from './model-options.js';
import { addOutputOptions } from './output-options.js';

const HELP = `
Examples:
  $ palistream read sign.jpg
  $ palistream read lecture.mp4 --every 10 --format vtt --output slides.vtt`;

export function readCommand(context: CliContext): Command {
  const command = new Command('read')
    .description('read the text that is seen in a video or a picture')
    .argument('<file>', 'a video or picture file');
  return addGenerationOptions(addDrawOptions(addOutputOptions(addLookOptions(addModelOptions(command)))))
    .addHelpText('after', HELP)
    .action((file: string, options: DescribeOptions) =>
      describeFile(
        context,
        file,
        { kind: 'text', prompt: promptFor({ kind: 'ocr' }) },
        options,
        lookPlan(options),
      ),
    );
}

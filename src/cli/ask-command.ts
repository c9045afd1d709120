import { Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { describeFile, type DescribeOptions } from './describe-file.js';
import { addDrawOptions } from './draw-options.js';
import { addGenerationOptions } from './generation-options.js';
import { languageCode } from './language.js';
import { addModelOptions } from './model-options.js';
import { addOutputOptions } from './output-options.js';
import { addSamplingOptions } from './sampling-options.js';

const HELP = `
Examples:
  $ palistream ask farm.mp4 "how many cows are there?"
  $ palistream ask street.mp4 "is there a car?" --every 2
  $ palistream ask sign.png "what does the sign say?" --json`;

export function askCommand(context: CliContext): Command {
  const command = new Command('ask')
    .description('answer a question about a video or a picture')
    .argument('<file>', 'a video or picture file')
    .argument('<question>', 'the question')
    .addOption(new Option('--lang <code>', 'language of the answer').argParser(languageCode).default('en'));
  return addGenerationOptions(addDrawOptions(addOutputOptions(addSamplingOptions(addModelOptions(command)))))
    .addHelpText('after', HELP)
    .action((file: string, question: string, options: DescribeOptions & { readonly lang: string }) =>
      describeFile(
        context,
        file,
        { kind: 'answer', prompt: `answer ${options.lang} ${question}`, question },
        options,
      ),
    );
}

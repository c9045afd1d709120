import { Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { describeFile, type DescribeOptions } from './describe-file.js';
import { addDrawOptions } from './draw-options.js';
import { addGenerationOptions } from './generation-options.js';
import { languageCode } from './language.js';
import { addModelOptions } from './model-options.js';
import { addOutputOptions } from './output-options.js';
import { addSamplingOptions } from './sampling-options.js';

interface CaptionOptions extends DescribeOptions {
  readonly lang: string;
  readonly prompt?: string;
}

const HELP = `
Examples:
  $ palistream caption holiday.mp4
  $ palistream caption holiday.mp4 --every 5 --format srt --output holiday.srt
  $ palistream caption lecture.mkv --window 20 --overlap 5 --start 1:30 --json
  $ palistream caption film.mov --scenes --lang de
  $ palistream caption holiday.mp4 --every 5 --draw captioned.mp4
  $ palistream caption -- -file-with-a-dash.mp4`;

export function captionCommand(context: CliContext): Command {
  const command = new Command('caption')
    .description('say what is to be seen in a video or a picture')
    .argument('<file>', 'a video or picture file')
    .addOption(new Option('--lang <code>', 'language of the caption').argParser(languageCode).default('en'))
    .option('--prompt <text>', 'another prompt than "caption <lang>"');
  return addGenerationOptions(addDrawOptions(addOutputOptions(addSamplingOptions(addModelOptions(command)))))
    .addHelpText('after', HELP)
    .action((file: string, options: CaptionOptions) => {
      const prompt = options.prompt ?? `caption ${options.lang}`;
      return describeFile(context, file, { kind: 'caption', prompt }, options);
    });
}

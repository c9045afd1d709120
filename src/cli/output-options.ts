import { type Command, Option } from 'commander';
import { FORMATS } from './result-format.js';

/** How and where results are written down. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'how to write it (default: text)').choices(FORMATS).conflicts('json'),
    )
    .option('--output <file>', 'write to a file, whole or not at all');
}

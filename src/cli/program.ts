import { Command } from 'commander';
import { askCommand } from './ask-command.js';
import { benchCommand } from './bench-command.js';
import { captionCommand } from './caption-command.js';
import { configCommand } from './config-command.js';
import type { CliContext } from './context.js';
import { demoCommand } from './demo-command.js';
import { detectCommand } from './detect-command.js';
import { doctorCommand } from './doctor-command.js';
import { evalCommand } from './eval-command.js';
import { generateCommand } from './generate-command.js';
import { healthCommand } from './health-command.js';
import { keysCommand } from './keys-command.js';
import { modelsCommand } from './models-command.js';
import { packageVersion } from './package-version.js';
import { pullCommand } from './pull-command.js';
import { scoreCommand } from './score-command.js';
import { readCommand } from './read-command.js';
import { segmentCommand } from './segment-command.js';
import { serveCommand } from './serve-command.js';

const HELP = `
Examples:
  $ palistream demo
  $ palistream caption holiday.mp4
  $ palistream ask holiday.mp4 "how many people are there?"
  $ palistream detect holiday.mp4 "dog ; ball" --draw drawn.mp4

Exit codes: 0 success, 2 something of yours to mend (a file, an option, a model, this machine), 1 any other
failure, 130 interrupted. Settings: palistream config --help.`;

/** All commands. Nothing of it prints or exits by itself: what goes wrong is thrown. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('palistream')
    .description("Video in, what Google's PaliGemma says about it out.")
    .version(packageVersion())
    .option('--config <file>', 'file of settings, YAML or JSON (default: PALISTREAM_CONFIG)') // read before: see cli.ts
    .addHelpText('after', HELP);
  const commands = [
    captionCommand(context),
    askCommand(context),
    detectCommand(context),
    segmentCommand(context),
    readCommand(context),
    generateCommand(context),
    scoreCommand(context),
    evalCommand(context),
    pullCommand(context),
    modelsCommand(context),
    doctorCommand(context),
    benchCommand(context),
    serveCommand(context),
    keysCommand(context),
    configCommand(context),
    healthCommand(context),
    demoCommand(context),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands, ...commands.flatMap(({ commands: inner }) => inner)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: () => undefined, // thrown as well, and told there
    });
  }
  return program;
}

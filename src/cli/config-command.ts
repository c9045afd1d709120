import { Command } from 'commander';
import type { CliContext } from './context.js';
import { settingHelp } from './setting-help.js';
import { settingList } from './setting-list.js';

const HELP = `
Examples:
  $ palistream config
  $ palistream config --config palistream.yaml --json
  $ palistream config --help

A setting comes from the environment, else from the file that --config or PALISTREAM_CONFIG names (YAML or JSON, such
as "port: 9000"), else it has its default. Settings that cannot be are named all at once, and where each was set.
`;

const WIDTH = 110;

export function configCommand(context: CliContext): Command {
  return new Command('config')
    .description('check the settings, and tell what each is, where it was set and what it means')
    .option('--json', 'print JSON')
    .addHelpText('after', () => `${HELP}\nSettings:\n${settingHelp(WIDTH)}`)
    .action((options: { readonly json?: boolean }) => {
      const list = settingList(context.config.given);
      const lines = list.map(({ name, value, origin, default: preset }) => {
        const what = origin === null ? (preset ?? '') : `${value ?? '(set)'}  <- ${origin}`;
        return `${name.padEnd(28)} ${what}`.trimEnd();
      });
      context.stdout.write(`${options.json === true ? JSON.stringify(list, null, 2) : lines.join('\n')}\n`);
    });
}

import { Command } from 'commander';
import { keyFileOf } from '../delivery/access/open-access.js';
import type { CliContext } from './context.js';

export function keysRevokeCommand(context: CliContext): Command {
  return new Command('revoke')
    .description('make an API key count no more; what is connected with it is cut off')
    .argument('<name>', 'its name or id')
    .option('--json', 'print one JSON object')
    .action(async (which: string, options: { json?: boolean }) => {
      const { id, name } = await keyFileOf(context.config.dataDirectory).remove(which);
      context.stdout.write(
        options.json === true ? `${JSON.stringify({ id, name })}\n` : `${name} (${id}) is revoked\n`,
      );
    });
}

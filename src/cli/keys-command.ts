import { Command } from 'commander';
import type { CliContext } from './context.js';
import { keysCreateCommand } from './keys-create-command.js';
import { keysListCommand } from './keys-list-command.js';
import { keysRevokeCommand } from './keys-revoke-command.js';

const HELP = `
Examples:
  $ palistream keys create dashboard --scope read,ask
  $ palistream keys create door --scope read --topic streams/front-door --days 90
  $ palistream keys list
  $ palistream keys revoke dashboard

Once there is a key, every request to the server needs one, and the server may listen on other addresses than
loopback. A running server knows of a new or revoked key within a second. See docs/security.md.`;

export function keysCommand(context: CliContext): Command {
  return new Command('keys')
    .description('make, list and revoke the API keys of the server')
    .addCommand(keysCreateCommand(context))
    .addCommand(keysListCommand(context))
    .addCommand(keysRevokeCommand(context))
    .addHelpText('after', HELP);
}

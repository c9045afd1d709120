import { Command } from 'commander';
import { keyFileOf } from '../delivery/access/open-access.js';
import type { StoredKey } from '../store/keys/stored-key.js';
import type { CliContext } from './context.js';

export function keysListCommand(context: CliContext): Command {
  return new Command('list')
    .description('list the API keys, without what is secret of them')
    .option('--json', 'print JSON, one object a line')
    .action(async (options: { json?: boolean }) => {
      const keys = await keyFileOf(context.config.dataDirectory).list();
      for (const key of keys)
        context.stdout.write(`${options.json === true ? keyJson(key) : keyText(key)}\n`);
      if (keys.length === 0 && options.json !== true) context.stdout.write('there are no API keys\n');
    });
}

function keyJson({ id, name, scopes, topics, createdMs, expiresMs }: StoredKey): string {
  const [created_at, expires_at] = [createdMs, expiresMs].map((ms) =>
    ms === null ? null : new Date(ms).toISOString(),
  );
  return JSON.stringify({ id, name, scopes, topics, created_at, expires_at });
}

function keyText({ id, name, scopes, topics, createdMs, expiresMs }: StoredKey): string {
  const ends =
    expiresMs === null ? '' : `, ${expiresMs <= Date.now() ? 'ended' : 'ends'} ${dayOf(expiresMs)}`;
  return `${id}  ${name}: ${scopes.join(', ')} on ${topics.join(', ')}; made ${dayOf(createdMs)}${ends}`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

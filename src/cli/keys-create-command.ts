import { Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { environmentEntry } from '../delivery/access/environment-keys.js';
import { hashOfKey, newKeyText } from '../delivery/access/key-text.js';
import { keyFileOf } from '../delivery/access/open-access.js';
import { RequestError } from '../shared/errors.js';
import { SCOPES, type Scope, storedKey, type StoredKey, topicPattern } from '../store/keys/stored-key.js';
import type { CliContext } from './context.js';
import { wholeNumber } from './parse-number.js';

interface CreateOptions {
  readonly scope: readonly Scope[];
  readonly topic: readonly string[];
  readonly days?: number;
  readonly printEntry?: boolean;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;
const HELP = `
Examples:
  $ palistream keys create dashboard
  $ palistream keys create uploader --scope manage --topic "videos/*"
  $ palistream keys create door --scope read,ask --topic streams/front-door --days 90
  $ palistream keys create ops --print-entry

Scopes: read (look at videos, streams, results and metrics), ask (put questions), manage (upload, create, change,
delete). The key is shown once: only a hash of it is kept.`;

export function keysCreateCommand(context: CliContext): Command {
  return new Command('create')
    .description('make an API key and print it, once')
    .argument('<name>', 'what it is for', nameOf)
    .option('--scope <scopes>', `parted by commas: ${SCOPES.join(', ')}`, scopesOf, [
      'read',
      'ask',
    ] satisfies Scope[])
    .option('--topic <patterns>', 'topics it reaches, parted by commas: videos/*, streams/ID, *', topicsOf, [
      '*',
    ])
    .addOption(
      new Option('--days <n>', 'ends after so many days (default: never)').argParser(wholeNumber(1, 36_500)),
    )
    .option('--print-entry', 'keep nothing, and print the entry for PALISTREAM_KEYS as well (it never ends)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((name: string, options: CreateOptions) => createKey(context, name, options));
}

async function createKey(
  { config, stdout }: CliContext,
  name: string,
  options: CreateOptions,
): Promise<void> {
  if (options.printEntry === true && options.days !== undefined) {
    throw new RequestError(
      'option_conflict',
      '--print-entry and --days cannot be used together: an entry of PALISTREAM_KEYS has no end',
    );
  }
  const { id, text } = newKeyText();
  const createdMs = Date.now();
  const key: StoredKey = {
    id,
    name,
    scopes: [...options.scope],
    topics: [...options.topic],
    hash: hashOfKey(text),
    createdMs,
    expiresMs: options.days === undefined ? null : createdMs + options.days * DAY_MS,
  };
  const entry = options.printEntry === true ? environmentEntry(key) : null;
  if (entry === null) await keyFileOf(config.dataDirectory).add(key);
  const { scopes, topics } = key;
  if (options.json === true) {
    stdout.write(
      `${JSON.stringify({ id, name, key: text, scopes, topics, ...(entry === null ? {} : { entry }) })}\n`,
    );
    return;
  }
  stdout.write(`${text}\n`);
  if (entry !== null) stdout.write(`${entry}\n`);
}

function nameOf(text: string): string {
  return checked(storedKey.shape.name, text);
}

function scopesOf(text: string): Scope[] {
  return checked(storedKey.shape.scopes, [...new Set(parts(text))]);
}

function topicsOf(text: string): string[] {
  return parts(text).map((pattern) => checked(topicPattern, pattern));
}

function parts(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '));
}

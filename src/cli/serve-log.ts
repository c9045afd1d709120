import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config.js';
import { requestScope } from '../delivery/logging/request-scope.js';
import { hideSecrets } from '../source/live/hide-secrets.js';
import type { Log } from '../shared/log.js';
import type { CliContext } from './context.js';

/** Whatever holds a secret by its name, up to two levels deep. */
const SECRETS = [
  'authorization',
  'cookie',
  'api_key',
  'apiKey',
  'key',
  'token',
  'password',
  'secret',
  'source',
];

/**
 * The log of the server on stderr: one JSON object a line, or lines for people on a terminal. Lines name the request
 * they belong to; secrets are taken out.
 */
export function serveLog({ config, stderr }: Pick<CliContext, 'config' | 'stderr'>, isQuiet: boolean): Log {
  const { level, format } = config.log;
  return pino(
    {
      level: isQuiet ? 'error' : level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...requestScope.getStore() }), // a new one each time: pino writes into it
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '***' },
      serializers: { err: errorFields },
    },
    isPretty(format, stderr)
      ? pretty({ colorize: config.color && stderr.isTTY, destination: stderr })
      : stderr,
  );
}

function isPretty(format: Config['log']['format'], stderr: NodeJS.WriteStream): boolean {
  return format === 'pretty' || (format === 'auto' && stderr.isTTY);
}

/** An error with its stack, and without what URLs hold of secrets. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code } = pino.stdSerializers.err(error) as Record<string, unknown>;
  const hidden = (text: unknown): unknown => (typeof text === 'string' ? hideSecrets(text, []) : text);
  return { type, code, message: hidden(message), stack: hidden(stack) };
}

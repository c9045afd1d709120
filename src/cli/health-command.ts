import { Command } from 'commander';
import { RetryableError } from '../shared/errors.js';
import type { CliContext } from './context.js';

const TIMEOUT_MS = 4000;

/** For containers, whose image has no other program that speaks HTTP. */
export function healthCommand(context: CliContext): Command {
  return new Command('health')
    .description('ask the server on this machine whether it is ready; exit code 0 when it is')
    .action(async () => {
      const { host, port } = context.config;
      const body = await ask(`http://${reachable(host)}:${port}/health/ready`, context.signal);
      context.stdout.write(`${body}\n`);
    });
}

/** From this machine; an address that stands for all of them is none to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function ask(url: string, signal: AbortSignal): Promise<string> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const answer = await fetch(url, { signal: stop }).catch((error: unknown) => {
    throw new RetryableError(
      'server_silent',
      `no server answers at ${url}: start it, or set PALISTREAM_PORT to its port`,
      { cause: error },
    );
  });
  const body = await answer.text();
  if (answer.ok) return body;
  throw new RetryableError(
    'server_not_ready',
    `the server is not ready and says ${body}: wait, or mend what is wrong`,
  );
}

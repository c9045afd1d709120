import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Forks the entry beside this file, compiled or not: under tsx and vitest both are TypeScript. Behind the channel of
 * messages it gets a pipe for its pulses (`PULSE_FD`).
 */
export function forkEntry(engine: string | undefined): ChildProcess {
  const extension = extname(fileURLToPath(import.meta.url));
  const entry = new URL(`./model-process-child${extension}`, import.meta.url);
  const loader =
    extension === '.ts'
      ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
      : [];
  return fork(entry, engine === undefined ? [] : [engine], {
    execArgv: loader,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}

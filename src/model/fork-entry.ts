import { type ChildProcess, fork } from 'node:child_process';
import { entryBeside } from '../shared/entry-beside.js';

/**
 * Half the room for young objects. They are small and few, as pixels and numbers lie outside V8's heap; left to itself V8
 * takes up to 16, three times over, and gives it back when it likes, so that the memory of the process goes up and down.
 */
const YOUNG_SPACE_MB = 4;

/**
 * Forks the model process. Behind the channel of messages it gets a pipe for its pulses (`PULSE_FD`).
 * @param environment - this process's own when left out
 */
export function forkEntry(engine?: string, environment?: NodeJS.ProcessEnv): ChildProcess {
  const { entry, execArgv } = entryBeside(import.meta.url, 'model-process-child');
  return fork(entry, engine === undefined ? [] : [engine], {
    execArgv: [...execArgv, `--max-semi-space-size=${YOUNG_SPACE_MB}`],
    ...(environment === undefined ? {} : { env: environment }),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}

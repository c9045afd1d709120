import { type ChildProcess, fork } from 'node:child_process';
import { entryBeside } from '../shared/entry-beside.js';

/** Forks the model process. Behind the channel of messages it gets a pipe for its pulses (`PULSE_FD`). */
export function forkEntry(engine: string | undefined): ChildProcess {
  const { entry, execArgv } = entryBeside(import.meta.url, 'model-process-child');
  return fork(entry, engine === undefined ? [] : [engine], {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
}

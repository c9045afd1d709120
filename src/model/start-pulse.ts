import { Worker } from 'node:worker_threads';
import { PULSE_FD, PULSE_MS } from './pulse-line.js';

/**
 * What the thread does. Source text, so that it starts in a millisecond, without a loader and without a file of its
 * own; `process.cpuUsage` and the memory are the whole process's.
 */
const THREAD = `
const { writeSync } = require('node:fs');
const { turns, fd, everyMs } = require('node:worker_threads').workerData;
const pulse = () => {
  const { user, system } = process.cpuUsage();
  const numbers = [Atomics.load(turns, 0), Math.round((user + system) / 1000), process.memoryUsage.rss()];
  try {
    writeSync(fd, numbers.join(' ') + '\\n');
  } catch ({ code }) {
    if (code === 'EPIPE') process.kill(process.pid, 'SIGKILL'); // the parent is gone, not just asleep
  }
};
pulse();
setInterval(pulse, everyMs);
`;

/**
 * Starts telling the parent that this process lives, also while its main thread computes. When nobody is there to be told
 * any more it ends the process, whatever the main thread is at: no signal but SIGKILL would.
 */
export function startPulse(): void {
  const turns = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(turns, 0, 1), PULSE_MS / 2).unref();
  const workerData = { turns, fd: PULSE_FD, everyMs: PULSE_MS };
  const thread = new Worker(THREAD, { eval: true, execArgv: [], workerData });
  thread.on('error', () => undefined); // without pulses the parent will end this process, and say why
  thread.unref();
}

import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parsePulse, PULSE_FD, PULSE_MS } from './pulse-line.js';
import type { StallWatch } from './stall-watch.js';

/**
 * Listens to the pulses of a process until it is gone.
 * @param isBusy - whether it has been asked for something it has not answered
 * @param onHang - called once, with why it is taken to hang
 */
export function watchPulses(
  child: ChildProcess,
  watch: StallWatch,
  isBusy: () => boolean,
  onHang: (reason: string) => void,
): void {
  // A process that could not be started may lack its pipes.
  const pipe = (child.stdio as typeof child.stdio | undefined)?.[PULSE_FD];
  if (pipe instanceof Readable) {
    pipe.on('error', () => undefined); // without pulses the watch will say so
    createInterface({ input: pipe }).on('line', (line) => {
      const pulse = parsePulse(line);
      if (pulse !== null) watch.pulse(pulse);
    });
  }
  const timer = setInterval(() => {
    const reason = watch.tick(PULSE_MS / 1000, isBusy());
    if (reason === null) return;
    clearInterval(timer);
    onHang(reason);
  }, PULSE_MS);
  child.once('close', () => {
    clearInterval(timer);
  });
  child.once('error', () => {
    if (child.pid === undefined) clearInterval(timer); // it never started, and will not close
  });
}

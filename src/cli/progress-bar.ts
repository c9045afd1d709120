import { SingleBar } from 'cli-progress';
import type { CliContext } from './context.js';

/** A bar on the last line of the terminal that steps aside for text. */
export interface ProgressBar {
  /** `total` null: how many there are is not known. */
  start(total: number | null): void;
  advance(done: number): void;
  /** Takes the bar off the line until the next `advance`. */
  hide(): void;
  stop(): void;
}

const CLEAR_LINE = '\r\u001b[K';
const FORMAT = '{bar} {value}/{total} clips, {eta_formatted} left';
const nothing = (): void => undefined;

/** A bar with the time left on stderr; none unless it is a terminal and there is more than one thing to count. */
export function progressBar({ stderr }: Pick<CliContext, 'stderr'>, quiet: boolean): ProgressBar {
  if (quiet || !stderr.isTTY) return { start: nothing, advance: nothing, hide: nothing, stop: nothing };
  let bar: SingleBar | null = null;
  return {
    start: (total) => {
      if (total === null || total < 2 || bar !== null) return;
      bar = new SingleBar({
        format: FORMAT,
        stream: stderr,
        barCompleteChar: '\u2588',
        barIncompleteChar: '\u2591',
        barsize: 30,
        hideCursor: false, // an interrupted program must not leave a terminal without one
        clearOnComplete: true,
        gracefulExit: false,
        linewrap: null,
        fps: 10,
      });
      bar.start(total, 0);
    },
    advance: (done) => {
      bar?.update(done);
      bar?.render();
    },
    hide: () => {
      if (bar !== null) stderr.write(CLEAR_LINE);
    },
    stop: () => {
      bar?.stop();
      if (bar !== null) stderr.write(CLEAR_LINE);
      bar = null;
    },
  };
}

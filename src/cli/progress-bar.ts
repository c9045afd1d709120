import { type Options, SingleBar } from 'cli-progress';
import { BarTerminal } from './bar-terminal.js';

/** A bar on the last line of the terminal that steps aside for text. */
export interface ProgressBar {
  /** `total` null: how many there are is not known. */
  start(total: number | null): void;
  advance(done: number): void;
  /** Takes the bar off the line until the next `advance`. */
  hide(): void;
  stop(): void;
}

const OPTIONS = {
  barCompleteChar: '\u2588',
  barIncompleteChar: '\u2591',
  barsize: 30,
  hideCursor: false, // an interrupted program must not leave a terminal without one
  clearOnComplete: true,
  gracefulExit: false,
  fps: 10,
} satisfies Options;

const nothing = (): void => undefined;

/** A bar with the time left on stderr; none unless it is a terminal and there is more than one thing to count. */
export function progressBar(
  stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
  quiet: boolean,
  unit = 'clips',
): ProgressBar {
  if (quiet || stderr.isTTY !== true)
    return { start: nothing, advance: nothing, hide: nothing, stop: nothing };
  const terminal = new BarTerminal(stderr);
  let bar: SingleBar | null = null;
  const hide = (): void => {
    if (bar !== null && terminal.isShown) terminal.clearLine();
    terminal.isShown = false;
  };
  return {
    start: (total) => {
      if (total === null || total < 2 || bar !== null) return;
      // `terminal` is an option that its types do not tell of.
      const format = `{bar} {value}/{total} ${unit}, {eta_formatted} left`;
      bar = new SingleBar(Object.assign({ terminal, format }, OPTIONS));
      bar.start(total, 0);
    },
    advance: (done) => {
      if (bar === null) return;
      terminal.isShown = true;
      bar.update(done);
      bar.render();
    },
    hide,
    stop: () => {
      hide();
      bar?.stop();
      bar = null;
    },
  };
}

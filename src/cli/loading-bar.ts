import { type Options, SingleBar } from 'cli-progress';
import { BarTerminal } from './bar-terminal.js';

const OPTIONS = {
  format: 'converting the weights, once {bar} {percentage} %, {eta_formatted} left',
  barCompleteChar: '\u2588',
  barIncompleteChar: '\u2591',
  barsize: 30,
  hideCursor: false, // an interrupted program must not leave a terminal without one
  clearOnComplete: true,
  gracefulExit: false,
  fps: 10,
} satisfies Options;

/** Draws how far the conversion of a checkpoint is, on stderr when that is a terminal. */
export function loadingBar(
  stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
  quiet: boolean,
): (done: number, total: number) => void {
  if (quiet || stderr.isTTY !== true) return () => undefined;
  let bar: SingleBar | null = null;
  return (done, total) => {
    if (bar === null) {
      if (done === total) return;
      // `terminal` is an option that its types do not tell of.
      bar = new SingleBar(Object.assign({ terminal: new BarTerminal(stderr) }, OPTIONS));
      bar.start(total, done);
    }
    bar.update(done);
    if (done < total) return;
    bar.stop();
    bar = null;
  };
}

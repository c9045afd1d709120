import { type Options, SingleBar } from 'cli-progress';
import { BarTerminal } from './bar-terminal.js';
import { bytesText } from './bytes-text.js';
import { TransferRate } from './transfer-rate.js';

export interface TransferBar {
  update(progress: { readonly file: string; readonly done: number; readonly total: number }): void;
  stop(): void;
}

const OPTIONS = {
  format: '{file} {bar} {percentage} %, {amount}',
  barCompleteChar: '\u2588',
  barIncompleteChar: '\u2591',
  barsize: 20,
  hideCursor: false, // an interrupted program must not leave a terminal without one
  clearOnComplete: true,
  gracefulExit: false,
  fps: 10,
} satisfies Options;

/** Off a terminal a line is printed at each of so many parts of a hundred. */
const LINE_PERCENT = 10;

/** Tells on stderr how much has come, how fast, and the time left: a bar on a terminal, else a line now and then. */
export function transferBar(
  stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
  quiet: boolean,
  rate: TransferRate = new TransferRate(),
): TransferBar {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  let bar: SingleBar | null = null;
  let told = 0;
  return {
    update: ({ file, done, total }) => {
      rate.note(done);
      const amount = amountText(done, total, rate);
      if (stderr.isTTY === true) {
        if (bar === null) {
          // `terminal` is an option that its types do not tell of.
          bar = new SingleBar(Object.assign({ terminal: new BarTerminal(stderr) }, OPTIONS));
          bar.start(total, done, { file, amount });
        }
        bar.setTotal(total);
        bar.update(done, { file, amount });
        return;
      }
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      if (percent < told) told = 0;
      if (percent < told + LINE_PERCENT) return;
      told = percent - (percent % LINE_PERCENT);
      stderr.write(`palistream: ${file}: ${percent} %, ${amount}\n`);
    },
    stop: () => {
      bar?.stop();
      bar = null;
    },
  };
}

function amountText(done: number, total: number, rate: TransferRate): string {
  const speed = rate.bytesPerSecond;
  const left = rate.secondsLeft(total);
  return [
    `${bytesText(done)} of ${bytesText(total)}`,
    ...(speed === null ? [] : [`${bytesText(Math.round(speed))}/s`]),
    ...(left === null ? [] : [`${clockText(left)} left`]),
  ].join(', ');
}

/** `1:34`, `2:03:00`. */
function clockText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

import { expect, it } from 'vitest';
import { bytesText } from '../../../src/cli/bytes-text.js';
import { transferBar } from '../../../src/cli/transfer-bar.js';
import { TransferRate } from '../../../src/cli/transfer-rate.js';

function stage(isTTY: boolean, quiet = false) {
  let ms = 0;
  const written: string[] = [];
  const stderr = { isTTY, columns: 120, write: (text: string) => written.push(text) };
  const bar = transferBar(stderr, quiet, new TransferRate(() => ms));
  const at = (seconds: number, done: number, total: number): void => {
    ms = seconds * 1000;
    bar.update({ file: 'model.safetensors', done, total });
  };
  return { at, bar, written };
}

it('tells rate and time left on a line now and then', () => {
  const { at, written } = stage(false);
  at(0, 0, 5e9);
  at(1, 0.1e9, 5e9);
  at(5, 0.5e9, 5e9);
  at(6, 0.6e9, 5e9);
  at(50, 5e9, 5e9);
  expect(written).toEqual([
    'palistream: model.safetensors: 10 %, 500.0 MB of 5.0 GB, 100.0 MB/s, 0:45 left\n',
    'palistream: model.safetensors: 100 %, 5.0 GB of 5.0 GB, 100.0 MB/s, 0:00 left\n',
  ]);
});

it('draws a bar on a terminal and leaves nothing of it', () => {
  const { at, bar, written } = stage(true);
  at(0, 0, 2e9);
  at(10, 1e9, 2e9);
  bar.stop();
  expect(written.join('')).toContain('50 %, 1.0 GB of 2.0 GB, 100.0 MB/s, 0:10 left');
  expect(['\r', '\u001b[K', '\r\u001b[K']).toContain(written.at(-1));
});

it('is silent when it is told so', () => {
  const { at, written } = stage(true, true);
  at(0, 1, 2);
  expect(written).toEqual([]);
});

it('follows the last ten seconds, and begins anew with a file', () => {
  let ms = 0;
  const rate = new TransferRate(() => ms);
  const note = (seconds: number, done: number): void => {
    ms = seconds * 1000;
    rate.note(done);
  };
  note(0, 0);
  expect(rate.bytesPerSecond).toBeNull();
  note(10, 1000);
  expect(rate.bytesPerSecond).toBe(100);
  for (let second = 11; second <= 30; second++) note(second, 1000 + (second - 10) * 10);
  expect(rate.bytesPerSecond).toBe(10);
  expect(rate.secondsLeft(2200)).toBe(100);
  note(31, 0);
  expect(rate.bytesPerSecond).toBeNull();
  note(41, 0);
  expect(rate.secondsLeft(100)).toBeNull();
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [5_900_000_000, '5.9 GB'],
])('writes %i as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

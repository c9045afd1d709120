import { expect, it, vi } from 'vitest';
import { PicturePacer, type SentPicture } from '../../../../src/delivery/streams/picture-pacer.js';

/** The first picture that a process encodes may take its time. */
const PATIENCE_MS = 10_000;

const picture = (sourceSeconds: number) => ({
  ...{
    data: new Uint8Array(48).fill(sourceSeconds),
    widthPixels: 4,
    heightPixels: 4,
    sourceSeconds,
    capturedAtMs: 0,
  },
});

/** A client that takes a picture when the test says so. */
function slowClient(framesPerSecond: number) {
  const sent: SentPicture[] = [];
  const taken: (() => void)[] = [];
  const failures: unknown[] = [];
  const pacer = new PicturePacer({
    framesPerSecond,
    send: (one) => {
      sent.push(one);
      return new Promise((resolve) => taken.push(resolve));
    },
    onFailure: (error) => failures.push(error),
  });
  const until = (count: number) =>
    vi.waitFor(() => {
      expect(sent).toHaveLength(count);
    }, PATIENCE_MS);
  return { pacer, sent, taken, failures, until, times: () => sent.map((one) => one.picture.sourceSeconds) };
}

it('gives a client that takes its time the newest picture, and counts the others', async () => {
  const { pacer, sent, taken, until, times } = slowClient(1000);
  pacer.take(picture(1));
  await until(1);
  for (let i = 2; i <= 6; i++) pacer.take(picture(i));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(times()).toEqual([1]);
  taken[0]?.();
  await until(2);
  expect(times()).toEqual([1, 6]);
  expect(sent.map(({ passedOver }) => passedOver)).toEqual([0, 4]);
  expect([...(sent[1]?.jpeg.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
  pacer.close();
});

it('keeps to the pace, and shows the newest when its time comes', async () => {
  const { pacer, taken, until, times } = slowClient(10);
  const began = performance.now();
  pacer.take(picture(1));
  await until(1);
  taken[0]?.();
  pacer.take(picture(2));
  pacer.take(picture(3));
  await until(2);
  expect(performance.now() - began).toBeGreaterThan(80);
  expect(times()).toEqual([1, 3]);
  pacer.close();
});

it('sends nothing any more once it is closed', async () => {
  const { pacer, taken, until, sent } = slowClient(1000);
  pacer.take(picture(1));
  await until(1);
  pacer.take(picture(2));
  pacer.close();
  taken[0]?.();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(sent).toHaveLength(1);
});

it('tells of a picture that cannot be encoded, and goes on', async () => {
  const { pacer, failures, until } = slowClient(1000);
  pacer.take({ ...picture(1), data: new Uint8Array(1) });
  await vi.waitFor(() => {
    expect(failures).toHaveLength(1);
  }, PATIENCE_MS);
  pacer.take(picture(2));
  await until(1);
  pacer.close();
});

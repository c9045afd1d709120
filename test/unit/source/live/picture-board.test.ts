import { expect, it } from 'vitest';
import type { LivePicture } from '../../../../src/source/live/live-picture.js';
import { PictureBoard } from '../../../../src/source/live/picture-board.js';

const picture = (sourceSeconds: number | undefined): LivePicture => ({
  ...{ data: new Uint8Array(3), widthPixels: 1, heightPixels: 1, sourceSeconds, capturedAtMs: 0 },
});

it('finds the picture of a frame, whether it came before or comes after', () => {
  const board = new PictureBoard();
  board.add(picture(1));
  board.add(picture(2));
  const before = board.hold(1);
  const after = board.hold(2.5);
  expect([before.picture?.sourceSeconds, after.picture]).toEqual([1, null]);
  board.add(picture(2.3));
  board.add(picture(2.5));
  board.add(picture(2.5));
  expect(after.picture?.sourceSeconds).toBe(2.5);
});

it('takes the newest for a frame without a time', () => {
  const board = new PictureBoard();
  const first = board.hold(undefined);
  board.add(picture(undefined));
  expect(first.picture).toBe(board.newest);
  board.add(picture(undefined));
  expect(board.hold(undefined).picture).toBe(board.newest);
});

it('keeps a few, waits for a while, and forgets times when the source begins anew', () => {
  const board = new PictureBoard();
  const never = board.hold(99);
  for (let i = 0; i < 25; i++) board.add(picture(i));
  board.add(picture(99));
  expect(never.picture).toBeNull();
  expect(board.hold(20).picture).toBeNull();
  const old = board.newest;
  board.reset();
  expect(board.hold(99).picture).toBeNull();
  expect(board.newest?.data).toBe(old?.data);
});

it('tells those who listen until they leave', () => {
  const board = new PictureBoard();
  const heard: LivePicture[] = [];
  const leave = board.listen((shown) => heard.push(shown));
  board.add(picture(1));
  leave();
  board.add(picture(2));
  expect(heard.map(({ sourceSeconds }) => sourceSeconds)).toEqual([1]);
});

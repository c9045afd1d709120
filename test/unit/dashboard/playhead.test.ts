import { expect, it } from 'vitest';
import { Playhead } from '../../../dashboard/videos/playhead.js';

const film = (): HTMLVideoElement => ({ currentTime: 0 }) as HTMLVideoElement;

it('moves its film, and tells where it is', () => {
  const playhead = new Playhead();
  const shown = film();
  const told: number[] = [];
  playhead.use(shown);
  playhead.watch(() => told.push(playhead.seconds));
  playhead.seek(4);
  playhead.tell(4.5);
  expect(shown.currentTime).toBe(4);
  expect(told).toEqual([4, 4.5]);
});

it('begins another film where the last one was, or where it was sent before there was one', () => {
  const playhead = new Playhead();
  playhead.seek(3);
  const first = film();
  playhead.use(first);
  expect(first.currentTime).toBe(3);
  playhead.tell(7.5);
  playhead.use(null);
  const second = film();
  playhead.use(second);
  expect(second.currentTime).toBe(7.5);
});

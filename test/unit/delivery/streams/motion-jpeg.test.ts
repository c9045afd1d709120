import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { MotionJpeg } from '../../../../src/delivery/streams/motion-jpeg.js';
import type { PictureWatcher } from '../../../../src/delivery/streams/picture-watchers.js';
import type { StreamManager } from '../../../../src/delivery/streams/stream-manager.js';

const PICTURE = {
  data: new Uint8Array(48),
  widthPixels: 4,
  heightPixels: 4,
  sourceSeconds: 1,
  capturedAtMs: 0,
};

/** One who watches and takes nothing: the response has no socket, so that it does not close when it has ended. */
async function watched() {
  const watchers = new Set<PictureWatcher>();
  const streams = {
    running: () => Promise.resolve({ picture: null }),
    watch: (_: string, watcher: PictureWatcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  const motion = new MotionJpeg({
    streams: streams as unknown as StreamManager,
    maxClients: 1,
    stallMs: 1000,
    onFailure: (error) => {
      throw error;
    },
  });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  await motion.serve(response, 'yard', 15);
  return { motion, watchers, response };
}

it.each(['server', 'stream'])('writes no picture behind the end, when the %s ends', async (what) => {
  const { motion, watchers, response } = await watched();
  const errors: unknown[] = [];
  response.on('error', (error) => errors.push(error));
  const all = [...watchers];
  if (what === 'server') motion.close();
  else for (const watcher of all) watcher.stopped();
  for (const watcher of all) watcher.picture(PICTURE);
  await setTimeout(100); // it would have been written
  expect(errors).toEqual([]);
  expect([response.writableEnded, motion.clients, watchers.size]).toEqual([true, 0, 0]);
});

it('gives up a response that fails', async () => {
  const { motion, response } = await watched();
  response.emit('error', new Error('the client is odd'));
  expect(response.destroyed).toBe(true);
  response.emit('close');
  expect(motion.clients).toBe(0);
});

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { EventStreams } from '../../../src/delivery/live/event-streams.js';
import { LiveCensus } from '../../../src/delivery/live/live-census.js';
import { LIVE_LIMITS } from '../../../src/delivery/live/live-limits.js';
import { TopicHub } from '../../../src/delivery/live/topic-hub.js';
import type { EventLog } from '../../../src/store/event-log.js';

/** A response whose client takes nothing: it has no socket, so that it does not close when it has ended. */
async function follow() {
  const log: Pick<EventLog, 'append' | 'range' | 'after'> = {
    append: (topic) => Promise.resolve([{ topic, seq: 1, atMs: 0, event: { kind: 'caption' } }]),
    range: () => Promise.resolve({ first: 1, last: 0 }),
    after: () => Promise.resolve([]),
  };
  const hub = new TopicHub(log as EventLog);
  const census = new LiveCensus();
  const limits = { ...LIVE_LIMITS, heartbeatMs: 20 };
  const streams = new EventStreams(hub, log as EventLog, limits, census);
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  await streams.serve(response, { topic: 't', after: null, kinds: null });
  return { hub, census, streams, response };
}

it('writes nothing more to a response that it has ended, though its client takes its time', async () => {
  const { hub, census, streams, response } = await follow();
  expect(census.eventStreams.size).toBe(1);
  const errors: unknown[] = [];
  response.on('error', (error) => errors.push(error));
  streams.close();
  await hub.publish('t', [{ event: { kind: 'caption' } }]);
  await setTimeout(50); // some heartbeats
  expect(errors).toEqual([]);
  expect([response.writableEnded, census.eventStreams.size]).toEqual([true, 0]);
});

it('gives up a response that fails', async () => {
  const { census, response } = await follow();
  response.emit('error', new Error('the client is odd'));
  expect(response.destroyed).toBe(true);
  response.emit('close');
  expect(census.eventStreams.size).toBe(0);
});

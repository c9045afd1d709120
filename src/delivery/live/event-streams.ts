import type { ServerResponse } from 'node:http';
import type { EventLog } from '../../store/event-log.js';
import type { LiveCensus } from './live-census.js';
import type { LiveLimits } from './live-limits.js';
import { Outbox, type Wire } from './outbox.js';
import type { EventMessage } from './server-message.js';
import type { TopicEvent } from './topic-event.js';
import type { TopicHub } from './topic-hub.js';
import { type SubscriptionOptions, TopicSubscription } from './topic-subscription.js';

/**
 * Topics as Server-Sent Events, under the same rules as the WebSocket: `id` is the number, so that a browser resumes by
 * itself; `data` is the message of `/v1/live`.
 */
export class EventStreams {
  readonly #open = new Set<() => void>();

  constructor(
    private readonly hub: TopicHub,
    private readonly events: EventLog,
    private readonly limits: LiveLimits,
    private readonly census: LiveCensus,
  ) {}

  /** Answers with a topic until the client goes, HEAD with the head alone; the topic must exist. */
  async serve(response: ServerResponse, options: SubscriptionOptions): Promise<void> {
    const { topic } = options;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    const { census } = this;
    const wire: Wire = {
      get waitingBytes() {
        return response.writableLength;
      },
      send: (frame, sent) => {
        response.write(frame, sent);
      },
    };
    census.eventStreams.add(wire);
    const outbox = new Outbox(wire, {
      ...this.limits,
      droppedFrame: (_, count) =>
        frameOf({ type: 'event', topic, event: { kind: 'dropped', reason: 'slow', events: count } }),
      onDropped: () => {
        census.passingDropped++;
      },
      onTooSlow: () => {
        census.tooSlow++;
        response.destroy();
      },
    });
    const subscription = new TopicSubscription(this.hub, this.events, options, {
      event: (event) => {
        outbox.send(frameOf(messageOf(event)));
      },
      passing: (event) => {
        outbox.offer(topic, frameOf(messageOf(event)));
      },
      gap: (from, to) => {
        outbox.send(frameOf({ type: 'event', topic, event: { kind: 'gap', from, to } }));
      },
      drained: () => outbox.drained(),
    });
    const heart = setInterval(() => {
      outbox.send(Buffer.from(': alive\n\n'));
    }, this.limits.heartbeatMs / 2);
    const leave = (): void => {
      clearInterval(heart);
      this.#open.delete(end);
      census.eventStreams.delete(wire);
      subscription.close();
      outbox.close();
    };
    const end = (): void => {
      leave(); // first: what waits may take a while to leave, and nothing may be written behind the end
      response.end();
    };
    this.#open.add(end);
    response.once('close', leave);
    response.on('error', () => response.destroy()); // without a listener it would end the process
    response.flushHeaders();
    await subscription.open();
    await subscription.replay();
  }

  /** Ends all; clients come again by themselves. */
  close(): void {
    for (const end of this.#open) end();
  }
}

function messageOf({ topic, seq, atMs, event }: TopicEvent): EventMessage {
  return { type: 'event', topic, ...(seq === null ? {} : { seq }), at: new Date(atMs).toISOString(), event };
}

/** JSON has no line breaks, so an event is one line of data. */
function frameOf(message: EventMessage): Buffer {
  const id = message.seq === undefined ? '' : `id: ${message.seq}\n`;
  return Buffer.from(`${id}event: ${message.event.kind}\ndata: ${JSON.stringify(message)}\n\n`);
}

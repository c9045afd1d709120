import type { EventMessage } from './server-message.js';
import type { TopicEvent } from './topic-event.js';

const frames = new WeakMap<TopicEvent, Buffer>();

/** The message of an event as bytes; written once, however many clients get it. */
export function eventFrame(event: TopicEvent): Buffer {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const { topic, seq, atMs } = event;
  const message: EventMessage = {
    type: 'event',
    topic,
    ...(seq === null ? {} : { seq }),
    at: new Date(atMs).toISOString(),
    event: event.event,
  };
  const frame = Buffer.from(JSON.stringify(message));
  frames.set(event, frame);
  return frame;
}

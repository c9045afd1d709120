import type { StoredEvent } from '../store/stored-event.js';

/** The link to the moment a result is about: of a video by its seconds, of a stream by the time of day. */
export function momentLink({ topic, atMs, event }: StoredEvent): string {
  const { seconds, start_seconds: startSeconds, captured_at: capturedAt } = event;
  const inVideo = typeof seconds === 'number' ? seconds : startSeconds;
  if (topic.startsWith('videos/')) return typeof inVideo === 'number' ? `${topic}?at=${inVideo}` : topic;
  return `${topic}?at=${typeof capturedAt === 'string' ? capturedAt : new Date(atMs).toISOString()}`;
}

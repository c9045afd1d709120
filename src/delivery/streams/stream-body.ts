import { snakeCase } from '../../pipeline/json/snake-case.js';
import type { LiveStream } from '../../pipeline/stream-engine.js';
import type { StoredStream } from '../../store/stored-stream.js';

/** A stream as it is told over HTTP, without credentials. @param live null while it does not run */
export function streamBody(stream: StoredStream, live: LiveStream | null): object {
  return {
    id: stream.id,
    topic: `streams/${stream.id}`,
    name: stream.name,
    url: stream.shownUrl,
    running: live !== null,
    state: live === null ? null : snakeCase(live.state),
    counts: live === null ? null : snakeCase(live.counts),
    width: live?.pictureSize?.width ?? null,
    height: live?.pictureSize?.height ?? null,
    plan: stream.plan,
    created_at: new Date(stream.createdMs).toISOString(),
  };
}

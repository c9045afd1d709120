import type { LiveStream } from '../../pipeline/stream-engine.js';
import type { StoredStream } from '../../store/stored-stream.js';
import { streamPlanBody } from './stream-plan-body.js';
import type { StreamBody } from './stream-shape.js';

/** A stream as it is told over HTTP, without credentials. @param live null while it does not run */
export function streamBody(stream: StoredStream, live: LiveStream | null): StreamBody {
  return {
    id: stream.id,
    topic: `streams/${stream.id}`,
    name: stream.name,
    url: stream.shownUrl,
    running: live !== null,
    state: live === null ? null : stateOf(live),
    counts: live === null ? null : countsOf(live),
    width: live?.pictureSize?.width ?? null,
    height: live?.pictureSize?.height ?? null,
    plan: streamPlanBody.parse(stream.plan),
    created_at: new Date(stream.createdMs).toISOString(),
  };
}

function stateOf({ state: now }: LiveStream): StreamBody['state'] {
  const { state, reason, code, atMs, attempt, retryInSeconds } = now;
  return { state, reason, code, at_ms: atMs, attempt, retry_in_seconds: retryInSeconds };
}

function countsOf({ counts }: LiveStream): StreamBody['counts'] {
  const { frames, windows, looked, droppedBusy, skippedStill, skippedSchedule, reconnects } = counts;
  return {
    frames,
    windows,
    looked,
    dropped_busy: droppedBusy,
    skipped_still: skippedStill,
    skipped_schedule: skippedSchedule,
    reconnects,
  };
}

import { Histogram } from '../../shared/histogram.js';
import type { TopicEvent } from '../live/topic-event.js';
import type { StageCounts } from './stages.js';

/** Counts what is told to topics: results and errors, and the stages that only their events know. */
export class EventCounts {
  readonly #stages = {
    read: new Histogram(),
    capture: new Histogram(),
    publish: new Histogram(),
    capture_to_publish: new Histogram(),
  };
  readonly #told = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** How many kept events of each kind were told. */
  get told(): ReadonlyMap<string, number> {
    return this.#told;
  }

  get stages(): Pick<StageCounts, 'read' | 'capture' | 'publish' | 'capture_to_publish'> {
    const { read, capture, publish, capture_to_publish: whole } = this.#stages;
    return {
      read: read.counts,
      capture: capture.counts,
      publish: publish.counts,
      capture_to_publish: whole.counts,
    };
  }

  /** A file gave the frames of a clip after so long. */
  read(seconds: number): void {
    this.#stages.read.add(seconds);
  }

  /** An event has just been told. */
  take({ seq, atMs, event }: TopicEvent): void {
    if (seq === null) return;
    this.#told.set(event.kind, (this.#told.get(event.kind) ?? 0) + 1);
    const publishMs = Math.max(0, this.now() - atMs);
    this.#stages.publish.add(publishMs / 1000);
    const totalMs = totalOf(event['timing_ms']);
    if (totalMs !== null) this.#stages.capture_to_publish.add((totalMs + publishMs) / 1000);
    const [captured, closed] = [timeOf(event['captured_at']), timeOf(event['window_closed_at'])];
    if (captured !== null && closed !== null) this.#stages.capture.add(Math.max(0, closed - captured) / 1000);
  }
}

function totalOf(timing: unknown): number | null {
  if (typeof timing !== 'object' || timing === null || !('total' in timing)) return null;
  return typeof timing.total === 'number' ? timing.total : null;
}

function timeOf(value: unknown): number | null {
  return typeof value === 'string' ? Date.parse(value) : null;
}

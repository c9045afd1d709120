import type { PipelineEvent } from '../events.js';
import type { StreamEvent } from '../stream-events.js';

/** The words by which an event is found again: what was written, or the names of what was found. Null for others. */
export function eventWords(event: PipelineEvent | StreamEvent): string | null {
  if (!('provenance' in event)) return null;
  return 'found' in event ? [...new Set(event.found.map(({ label }) => label))].join(' ') : event.text;
}

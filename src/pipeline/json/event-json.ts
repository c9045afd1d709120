import type { PipelineEvent } from '../events.js';
import type { StreamEvent } from '../stream-events.js';
import { resultJson } from './result-json.js';
import { snakeCase } from './snake-case.js';

/** Any event of a file or a live source as plain JSON. */
export function eventJson(event: PipelineEvent | StreamEvent): { kind: string } & Record<string, unknown> {
  if ('provenance' in event) return resultJson(event);
  return { ...(snakeCase(event) as object), kind: event.kind };
}

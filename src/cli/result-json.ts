import { type ResultEvent, resultJson as resultBody } from '../pipeline/json/result-json.js';
import type { PipelineEvent } from '../pipeline/events.js';

export type Result = Extract<PipelineEvent, { kind: ResultEvent['kind'] }>;

/** What a line says beside the result itself. */
export interface JsonExtras {
  /** Said once, in the first line after it is known. */
  readonly note?: string | null;
  /** Whether masks are given as outlines too. */
  readonly polygons?: boolean;
}

/** A result as one line of JSON. */
export function resultJson(result: Result, extras: JsonExtras = {}): string {
  const { kind, ...rest } = resultBody(result, extras.polygons === true);
  return JSON.stringify({ kind, ...(typeof extras.note === 'string' ? { note: extras.note } : {}), ...rest });
}

export { roundMs as round } from '../pipeline/json/round-ms.js';

import type { EventMessage } from '../../src/delivery/live/server-message.js';
import { apiKey } from '../api/api-key.js';
import { refusalOf } from '../api/refusal-of.js';
import type { EventBodies, KeptEvent } from './event-bodies.js';

const DATA = 'data: ';

/**
 * The events of a topic that are kept from one number to another, both included. The server tells all that came since;
 * it is heard no further than it must.
 * @throws ApiError when it refuses
 */
export async function fetchPast(
  topic: string,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<KeptEvent[]> {
  const key = apiKey();
  const response = await fetch(`/v1/${topic}/events?after=${from - 1}`, {
    signal,
    ...(key === null ? {} : { headers: { authorization: `Bearer ${key}` } }),
  });
  if (!response.ok || response.body === null) throw refusalOf(response.status, await response.text());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const past: KeptEvent[] = [];
  try {
    for (let begun = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return past;
      const lines = (begun + value).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith(DATA)) continue;
        const { seq, at, event } = JSON.parse(line.slice(DATA.length)) as EventMessage;
        const body = event as unknown as EventBodies;
        if (seq !== undefined && seq <= to) past.push({ seq, atMs: Date.parse(at ?? ''), event: body });
        const reached = body.kind === 'gap' ? body.to : (seq ?? 0);
        if (reached >= to) return past;
      }
    }
  } finally {
    await reader.cancel();
  }
}

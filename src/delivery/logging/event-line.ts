import type { LogLevel, LogLine } from '../../shared/log.js';
import type { TopicEvent } from '../live/topic-event.js';

/** The line of the log for an event of a topic; null for passing ones. What people said or saw is not logged. */
export function eventLine({ topic, seq, event }: TopicEvent): LogLine | null {
  if (seq === null) return null;
  const [kind, id = ''] = topic.split('/');
  const about = kind === 'streams' ? { stream: id } : { video: id };
  const { job, ask_id: ask, code, attempt } = event;
  const common = { ...about, job, ask, seq };
  switch (event.kind) {
    case 'state': {
      const state = String(event['state']);
      const what = job === undefined ? 'stream' : 'job';
      const reason = event['reason'] ?? event['message'];
      const fields = { ...about, job, code, reason, attempt, retry_in_seconds: event['retry_in_seconds'] };
      return { level: LEVELS[state] ?? 'info', message: `${what} ${state}`, fields: present(fields) };
    }
    case 'error': {
      const fields = { ...common, code, reason: event['message'] };
      return { level: 'warn', message: 'a clip got no result', fields: present(fields) };
    }
    case 'dropped':
      return {
        level: 'debug',
        message: 'windows dropped',
        fields: present({ ...common, reason: event['reason'], windows: event['windows'] }),
      };
    default: {
      const isAsked = typeof ask === 'string';
      const fields = { ...common, kind: event.kind, ms: totalMs(event['timing_ms']) };
      return {
        level: isAsked ? 'info' : 'debug',
        message: isAsked ? 'question answered' : 'result told',
        fields: present(fields),
      };
    }
  }
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  stalled: 'warn',
  retrying: 'warn',
  failed: 'error',
};

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

function totalMs(timing: unknown): unknown {
  return typeof timing === 'object' && timing !== null && 'total' in timing ? timing.total : undefined;
}

import type { JobBody } from '../../src/delivery/videos/job-shape.js';

const LOOKS = {
  queued: ['Waiting', ''],
  running: ['Working', 'info'],
  done: ['Done', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'warn'],
} as const;

/** How a job stands, in a word. */
export function JobBadge({ state }: { readonly state: JobBody['state'] }) {
  const [word, tone] = LOOKS[state];
  return (
    <span className={`badge ${tone}`}>
      <span className={state === 'running' ? 'dot beats' : 'dot'} aria-hidden />
      {word}
    </span>
  );
}

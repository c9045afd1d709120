const LOOKS: Readonly<Record<string, readonly [word: string, tone: string]>> = {
  live: ['Live', 'good'],
  connecting: ['Connecting', 'info'],
  stalled: ['Stalled', 'warn'],
  retrying: ['Retrying', 'warn'],
  ended: ['Ended', ''],
  failed: ['Failed', 'bad'],
  stopped: ['Stopped', ''],
};

/** How a camera is, in a word. */
export function StateBadge({ state }: { readonly state: string }) {
  const [word, tone] = LOOKS[state] ?? [state, ''];
  return (
    <span className={`badge ${tone}`}>
      <span className={state === 'live' || state === 'connecting' ? 'dot beats' : 'dot'} aria-hidden />
      {word}
    </span>
  );
}

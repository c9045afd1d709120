/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Sent by people, service managers and systems that are short of memory; a crash has others. */
const SENT: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/**
 * Whether somebody ended a program before it was done, as opposed to a crash, which would come again.
 *
 * @param said its last line: ffmpeg catches signals, and says so
 */
export function endedFromOutside({ code, signal }: ProgramEnd, said = ''): boolean {
  if (signal !== null) return SENT.has(signal);
  return code !== 0 && /received signal \d+/i.test(said);
}

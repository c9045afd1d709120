import { useSyncExternalStore } from 'react';
import { lineAt } from './line-at.js';
import type { Playhead } from './playhead.js';
import type { Line } from './video-results.js';

/** The place of the line under the playhead; draws anew only when it is another one. */
export function useLineAt(playhead: Playhead, lines: readonly Line[]): number {
  return useSyncExternalStore(playhead.watch, () => lineAt(lines, playhead.seconds));
}

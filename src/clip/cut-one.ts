import type { Clip, Frame } from '../shared/frame.js';
import type { CutOptions } from './cut-options.js';
import { padCyclically } from './pad-cyclically.js';

/**
 * Makes one clip of the first N frames that come; too few are repeated from the first on, or dropped.
 *
 * The frames are those that `planFrames` chose, so this only gathers them.
 */
export async function* cutOne(
  frames: AsyncIterable<Frame>,
  count: number,
  options: CutOptions,
): AsyncGenerator<Clip, void, undefined> {
  const gathered: Frame[] = [];
  for await (const frame of frames) {
    // The rest is let by rather than left, so that the source comes to its end and says what was wrong.
    if (gathered.length < count) gathered.push(frame);
  }
  const [first] = gathered;
  if (first === undefined || (gathered.length < count && options.tail === 'drop')) return;
  const startSeconds = options.startSeconds ?? first.timestampSeconds;
  const endSeconds = options.endSeconds ?? gathered.at(-1)?.timestampSeconds ?? startSeconds;
  yield { index: 0, frames: padCyclically(gathered, count), startSeconds, endSeconds };
}

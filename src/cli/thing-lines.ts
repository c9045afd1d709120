import type { WholeThings } from '../pipeline/events.js';
import { shortTime } from '../delivery/subtitles/timecode.js';

/**
 * A line for each thing of a frame: `[0:01] cow #1  x 120-320 y 40-130  97 %`, or that there is none.
 *
 * @param several whether there are more frames, so that lines need times and tracks
 */
export function thingLines(
  { seconds, found }: Pick<WholeThings, 'seconds' | 'found'>,
  several: boolean,
): string {
  const prefix = several ? `[${shortTime(seconds)}] ` : '';
  if (found.length === 0) return `${prefix}nothing found\n`;
  return found
    .map(({ label, track, score, pixels, mask }) => {
      const name = `${label === '' ? 'without a name' : label}${several ? ` #${track}` : ''}`;
      const place =
        pixels === null
          ? 'less than a pixel'
          : `x ${pixels.left}-${pixels.right} y ${pixels.top}-${pixels.bottom}`;
      const covered = mask === null ? '' : `  ${mask.data.reduce((sum, inside) => sum + inside, 0)} pixels`;
      return `${prefix}${name}  ${place}  ${Math.round(score * 100)} %${covered}\n`;
    })
    .join('');
}

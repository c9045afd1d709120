import { frameGap } from './frame-gap.js';

/** What people see of a camera: smooth enough to follow, and a few per cent of a processor. */
const PICTURES_PER_SECOND = 10;
/** A tile, or a picture beside its caption. */
const MAX_SIDE = 640;

/**
 * The filter chain of the pictures that people see: ten a second, and every frame the model gets, as `liveFilters`
 * chooses it, so that there is a picture of what was looked at. At most 640 pixels a side, as displayed.
 *
 * Their times are told by a corner of them: showinfo adds up all pixels it is shown.
 *
 * @param framesPerSecond of the frames for the model
 */
export function pictureFilters(framesPerSecond: number): string {
  // st and ld keep, from frame to frame, whether (0) and when (1) liveFilters chose one.
  const chosen = `isnan(t)+not(ld(0))+isnan(ld(1))+gte(abs(t-ld(1)),${frameGap(framesPerSecond)})`;
  const due = `isnan(prev_selected_t)+gte(abs(t-prev_selected_t),${frameGap(PICTURES_PER_SECOND)})`;
  const share = `min(1,${MAX_SIDE}/max(iw*sar,ih))`;
  return [
    `select='if(${chosen},st(0,1)+0*st(1,t),${due})',settb=1/1000000,split[picture][corner]`,
    '[corner]crop=2:2:0:0,showinfo,nullsink',
    `[picture]scale=w='max(2,trunc(iw*sar*${share}/2)*2)':h='max(2,trunc(ih*${share}/2)*2)':flags=bilinear,format=rgb24`,
  ].join(';');
}

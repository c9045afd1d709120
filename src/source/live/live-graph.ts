import { liveFilters } from './live-filters.js';
import { pictureFilters } from './picture-filters.js';

/** Where showinfo stands among all filters of the graph, by which ffmpeg calls it: that of the frames. */
export const FRAME_SHOWINFO = 3;
/** That of the pictures that people see. */
export const PICTURE_SHOWINFO = 12;

/**
 * The filters of a live source, with an output `[frames]` for the model and one `[pictures]` for people.
 *
 * They are one graph, as a newer ffmpeg runs each graph in a thread of its own, and showinfo says its line in pieces:
 * two threads would say theirs into each other's.
 */
export function liveGraph(size: number, framesPerSecond: number): string {
  return [
    '[0:v:0]split[a][b]',
    `[a]${liveFilters(size, framesPerSecond)}[frames]`,
    `[b]${pictureFilters(framesPerSecond)}[pictures]`,
  ].join(';');
}

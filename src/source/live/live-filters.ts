import { frameGap } from './frame-gap.js';

/** As for files (`filter-chain.ts`): PIL's bicubic, exact rounding, full colour. */
const SCALE_FLAGS = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:param0=0:param1=0.5';

/**
 * The filter chain of a live source: at most so many frames a second, told with their time and size, as RGB of the
 * model's square. A frame whose time jumps back is let through: the source began anew.
 */
export function liveFilters(size: number, framesPerSecond: number): string {
  const gap = frameGap(framesPerSecond);
  return [
    `select='isnan(t)+isnan(prev_selected_t)+gte(abs(t-prev_selected_t),${gap})'`,
    'settb=1/1000000',
    'showinfo',
    `scale=iw:ih:${SCALE_FLAGS}`,
    'format=rgb24',
    `scale=${size}:${size}:${SCALE_FLAGS}:in_color_matrix=bt601:out_color_matrix=bt601`,
    'format=rgb24',
  ].join(',');
}

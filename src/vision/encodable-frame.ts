import type { Frame } from '../shared/frame.js';

/** What the vision tower needs of a frame. */
export type EncodableFrame = Pick<Frame, 'key' | 'pixels'>;

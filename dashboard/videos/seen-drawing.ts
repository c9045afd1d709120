import type { DrawnThing, Drawing } from '../../src/pipeline/draw/drawing.js';
import type { MaskRle } from '../../src/tasks/mask-rle.js';

/** A thing to draw; its mask is unpacked when it is drawn. */
export interface SeenThing extends DrawnThing {
  readonly rle: MaskRle | null;
}

export interface SeenDrawing extends Drawing {
  readonly looks: readonly (Drawing['looks'][number] & { readonly things: readonly SeenThing[] })[];
}

import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint.js';

const FLOAT_BYTES = 4;

/** Offsets are rounded up to this, so that every tensor starts on a cache line. */
const ALIGNMENT = 64;

/** Raise it when the layout changes: files of the old one are then never read again. */
const FORMAT_VERSION = 1;

/** Which tensors have to be converted to float32, and where in one file they go. */
export interface ConvertedLayout {
  /** Names this content: checkpoint, precision and format version. */
  readonly fileName: string;
  readonly byteLength: number;
  readonly places: readonly { readonly tensor: CheckpointTensor; readonly byteOffset: number }[];
}

/** float32 tensors stay where they are; the others follow each other by name. */
export function convertedLayout(checkpoint: Checkpoint): ConvertedLayout {
  const tensors = [...checkpoint.tensors.values()].filter((tensor) => tensor.dtype !== 'F32');
  tensors.sort((a, b) => (a.name < b.name ? -1 : 1));
  let end = 0;
  const places = tensors.map((tensor) => {
    const byteOffset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = byteOffset + tensor.shape.reduce((product, size) => product * size, FLOAT_BYTES);
    return { tensor, byteOffset };
  });
  const fileName = `${checkpoint.fingerprint}-f32-v${FORMAT_VERSION}.weights`;
  return { fileName, byteLength: end, places };
}

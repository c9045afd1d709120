import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint.js';
import { isReadyFloat32 } from '../checkpoint/is-ready-float32.js';
import type { Precision } from './precision.js';
import { EMBEDDINGS, HEAD, storedFormat, type StoredFormat } from './stored-format.js';
import { storedParts, type StoredPart } from './stored-parts.js';

/** Offsets are rounded up to this, so that every tensor starts on a cache line. */
const ALIGNMENT = 64;

/** Raise one when its layout or its numbers change: files of the old one are then never read again. */
const FORMAT_VERSION: Readonly<Record<Precision, number>> = { f32: 1, int8: 1, int4: 1 };

/** One weight of a converted file. */
export interface StoredWeight {
  /** By which the graphs ask for it. */
  readonly name: string;
  /** Where its numbers come from; only the first `shape[0]` rows are used. */
  readonly tensor: CheckpointTensor;
  readonly shape: readonly number[];
  readonly format: StoredFormat;
  readonly parts: readonly (StoredPart & { readonly byteOffset: number })[];
}

/** What has to be converted, and where in one file it goes. */
export interface ConvertedLayout {
  /** Names this content, without an extension: checkpoint, precision and format version. */
  readonly stem: string;
  readonly fileName: string;
  readonly byteLength: number;
  readonly weights: readonly StoredWeight[];
}

/** In float32 only what does not lie ready as float32, in the others everything, so that one file holds a model. */
export function convertedLayout(checkpoint: Checkpoint, precision: Precision = 'f32'): ConvertedLayout {
  let end = 0;
  const weights = wanted(checkpoint, precision).map(({ name, tensor, shape }): StoredWeight => {
    const format = storedFormat(name, precision);
    const parts = storedParts(format, shape).map((part) => {
      const byteOffset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      end = byteOffset + part.byteLength;
      return { ...part, byteOffset };
    });
    return { name, tensor, shape, format, parts };
  });
  const stem = `${checkpoint.fingerprint}-${precision}-v${FORMAT_VERSION[precision]}`;
  return { stem, fileName: `${stem}.weights`, byteLength: end, weights };
}

function wanted(
  { tensors, config }: Checkpoint,
  precision: Precision,
): Pick<StoredWeight, 'name' | 'tensor' | 'shape'>[] {
  const all = [...tensors.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const whole = all.map((tensor) => ({ name: tensor.name, tensor, shape: tensor.shape }));
  if (precision === 'f32') return whole.filter(({ tensor }) => !isReadyFloat32(tensor));
  // The head is cut before the image token: neither it nor the padding ids behind it can be generated.
  const head = tensors.get(HEAD) ?? tensors.get(EMBEDDINGS);
  const cut =
    head === undefined
      ? []
      : [{ name: HEAD, tensor: head, shape: [config.imageTokenId, head.shape[1] ?? 1] }];
  return [...whole.filter(({ name }) => name !== HEAD), ...cut];
}

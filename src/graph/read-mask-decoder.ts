import { readNpz } from '../checkpoint/read-npz.js';
import { CheckpointError } from '../shared/errors.js';
import { MASK_DECODER_SHAPES } from './mask-decoder-shapes.js';

/** The numbers of a mask decoder, by the names of MASK_DECODER_SHAPES. */
export type MaskDecoderTensors = ReadonlyMap<string, Float32Array>;

/**
 * Reads a mask decoder and checks every tensor; the encoder that may lie beside it is left alone.
 * @throws CheckpointError `checkpoint_tensor_missing`, `checkpoint_tensor_shape`, `npz_archive`, `npz_array`
 */
export async function readMaskDecoder(file: string): Promise<MaskDecoderTensors> {
  const arrays = await readNpz(file, new Set(MASK_DECODER_SHAPES.keys()));
  const tensors = new Map<string, Float32Array>();
  for (const [name, expected] of MASK_DECODER_SHAPES) {
    const array = arrays.get(name);
    if (array === undefined) {
      throw new CheckpointError(
        'checkpoint_tensor_missing',
        `${file} has no array named ${name}; it is no mask decoder of PaliGemma`,
      );
    }
    if (array.shape.join() !== expected.join()) {
      throw new CheckpointError(
        'checkpoint_tensor_shape',
        `${file}: ${name} has the shape [${array.shape.join(', ')}] instead of [${expected.join(', ')}]`,
      );
    }
    tensors.set(name, array.data);
  }
  return tensors;
}

import { createHash } from 'node:crypto';
import { CheckpointError } from '../../shared/errors.js';
import type { Checkpoint, CheckpointTensor } from '../checkpoint.js';
import type { Adapter } from './open-adapter.js';
import { scaleOf } from './scale-of.js';

const SHARED_TABLE = 'language_model.embed_tokens.weight';

/**
 * The checkpoint with an adapter merged into it: what is added to a weight is computed while the weight is read.
 * Its fingerprint differs from the plain one's, so conversions are kept apart.
 *
 * @throws CheckpointError `adapter_tensor` when the adapter belongs to another model, `adapter_unsupported`
 */
export function applyAdapter(checkpoint: Checkpoint, adapter: Adapter): Checkpoint {
  const { file } = adapter;
  const tensors = new Map(checkpoint.tensors);
  const find = (name: string): CheckpointTensor => {
    const tensor = tensors.get(name);
    if (tensor !== undefined) return tensor;
    throw refuse(`${file} adapts ${name}, which ${checkpoint.directory} has not`);
  };
  for (const [name, replacement] of adapter.tensors.replaced) {
    const { shape } = find(name);
    if (name === SHARED_TABLE) {
      throw new CheckpointError(
        'adapter_unsupported',
        `${file} replaces the embedding table, which the head shares; merge the adapter where it was trained`,
      );
    }
    if (replacement.shape.join() !== shape.join()) throw misfit(file, name, replacement.shape, shape);
    tensors.set(name, { ...replacement, name });
  }
  for (const [name, { module, down, up }] of adapter.tensors.pairs) {
    const tensor = find(name);
    const [rows = 1, ...others] = tensor.shape;
    const columns = others.reduce((product, size) => product * size, 1);
    const rank = down.shape[0] ?? 0;
    if (rank === 0 || sizeOf(down) !== rank * columns || up.shape[0] !== rows || sizeOf(up) !== rows * rank) {
      throw misfit(file, name, [...up.shape, ...down.shape], tensor.shape);
    }
    tensors.set(name, { ...tensor, update: { down, up, scale: scaleOf(adapter.config, module, rank) } });
  }
  const print = createHash('sha256').update(checkpoint.fingerprint).update(adapter.fingerprint).digest('hex');
  return { ...checkpoint, tensors, fingerprint: print };
}

function sizeOf({ shape }: CheckpointTensor): number {
  return shape.reduce((product, size) => product * size, 1);
}

function misfit(
  file: string,
  name: string,
  found: readonly number[],
  shape: readonly number[],
): CheckpointError {
  return refuse(
    `${file} has sizes [${found.join(', ')}] for ${name}, which is [${shape.join(', ')}]: it was trained on another model`,
  );
}

function refuse(what: string): CheckpointError {
  return new CheckpointError('adapter_tensor', what);
}

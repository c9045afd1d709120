import { readdir } from 'node:fs/promises';
import { MASK_DECODER_FILES } from '../find-mask-decoder.js';
import { CheckpointError } from '../../shared/errors.js';

/**
 * The name of the npz file a folder's weights are in: only when it has no safetensors. A mask decoder is none.
 * @throws CheckpointError `checkpoint_no_weights` when there are several
 */
export async function findBigVisionFile(directory: string): Promise<string | null> {
  const names = await readdir(directory).catch(() => []);
  if (names.some((name) => /\.safetensors(\.index\.json)?$/.test(name))) return null;
  const masks: readonly string[] = MASK_DECODER_FILES;
  const [first = null, ...others] = names
    .filter((name) => name.endsWith('.npz') && !masks.includes(name))
    .sort();
  if (others.length === 0) return first;
  throw new CheckpointError(
    'checkpoint_no_weights',
    `${directory} has several npz files (${[first, ...others].join(', ')}): leave one in the folder, with its tokenizer.json`,
  );
}

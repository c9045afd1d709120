import type { Precision } from './precision.js';

/**
 * How a weight lies in a file of ours.
 *
 * - `float`: float32, in the checkpoint's shape.
 * - `channels8`: a linear layer for integer matrix products, int8 `[in, out]`, float32 scales `[out]`.
 * - `blocks8`, `blocks4`: a linear layer for `MatMulNBits`, `[out, blocks, bytes]`, float32 scales `[out, blocks]`.
 * - `table8`: rows to look up, uint8 `[rows, E]`, float32 scales `[rows, blocks]`.
 */
export type StoredFormat = 'float' | 'channels8' | 'blocks8' | 'blocks4' | 'table8';

/** The head by the name the graphs ask for; a checkpoint with tied weights has no tensor of that name. */
export const HEAD = 'lm_head.weight';
export const EMBEDDINGS = 'language_model.embed_tokens.weight';

/**
 * Weights in a block, which share a scale: 32, 64, 128 and 256 are there. On one thread of a Zen 4, a 2048 x 16384
 * layer in 4 bits takes 1.43 / 1.35 / 1.10 ms a row with blocks of 32 / 64 / 128, and a prefix of 256 rows
 * 136 / 131 / 95 ms. docs/precision.md has what 128 costs in exactness.
 */
export const BLOCK = { blocks4: 128, blocks8: 128, table8: 32 } as const;

const LINEAR =
  /^(?:vision_tower\.encoder|multi_modal_projector|language_model\.layers)\..*(?:_proj|fc[12]|linear)\.weight$/;

/** What a weight becomes in a precision: linear layers are quantized, norms, biases and positions never. */
export function storedFormat(name: string, precision: Precision): StoredFormat {
  if (precision === 'f32') return 'float';
  if (name === EMBEDDINGS) return 'table8';
  // Every word of the answer hangs on the head, and one row at a time it is bound by memory: 8 bits of 128.
  if (name === HEAD) return 'blocks8';
  if (!LINEAR.test(name)) return 'float';
  return precision === 'int4' && name.startsWith('language_model.') ? 'blocks4' : 'channels8';
}

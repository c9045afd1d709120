/** What a 128-entry mask codebook and its decoder consist of. Source: paligemma.md section 8.2 (AiT's VQ-VAE). */

/** `[code, width]`. */
export const CODEBOOK = '_vq_vae._embedding';

/** The two residual blocks, by the place of their three convolutions. */
export const RESIDUAL_BLOCKS = ['decoder.2', 'decoder.3'] as const;

/** The four layers that double the sides, 4 to 64. */
export const DOUBLING_LAYERS = ['decoder.4', 'decoder.6', 'decoder.8', 'decoder.10'] as const;

/** Convolutions are `[out, in, height, width]`; those that double the sides `[in, out, height, width]`. */
const WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  'decoder.0': [128, 512, 1, 1],
  ...Object.fromEntries(
    RESIDUAL_BLOCKS.flatMap((block) => [
      [`${block}.net.0`, [128, 128, 3, 3]],
      [`${block}.net.2`, [128, 128, 3, 3]],
      [`${block}.net.4`, [128, 128, 1, 1]],
    ]),
  ),
  'decoder.4': [128, 128, 4, 4],
  'decoder.6': [128, 64, 4, 4],
  'decoder.8': [64, 32, 4, 4],
  'decoder.10': [32, 16, 4, 4],
  'decoder.12': [1, 16, 1, 1],
};

/** The shape of every tensor, by name. */
export const MASK_DECODER_SHAPES: ReadonlyMap<string, readonly number[]> = new Map([
  [CODEBOOK, [128, 512]],
  ...Object.entries(WEIGHTS).flatMap(([layer, shape]): [string, readonly number[]][] => {
    const doubles = (DOUBLING_LAYERS as readonly string[]).includes(layer);
    return [
      [`${layer}.weight`, shape],
      [`${layer}.bias`, [(doubles ? shape[1] : shape[0]) ?? 0]],
    ];
  }),
]);

import { z } from 'zod';
import { CheckpointError } from '../shared/errors.js';
import { checkSchema } from './check-schema.js';
import { positive } from './config-fields.js';
import type { PaliGemmaConfig } from './config.js';
import { MAX_IMAGE_SIZE } from './limits.js';
import type { PreprocessorConfig } from './preprocessor.js';

const side = z.int().min(1).max(MAX_IMAGE_SIZE);
const perChannel = (item: z.ZodType<number>): z.ZodType<[number, number, number] | null | undefined> =>
  z.tuple([item, item, item]).nullish();

/** PIL's numbers for its filters. */
const RESAMPLE = { 2: 'bilinear', 3: 'bicubic' } as const;

const schema = z.object({
  size: z.union([side.transform((s) => ({ height: s, width: s })), z.object({ height: side, width: side })]),
  resample: z
    .union([z.literal(2), z.literal(3)], { error: 'only 2 (bilinear) and 3 (bicubic) are supported' })
    .default(3),
  do_rescale: z.boolean().nullish(),
  do_normalize: z.boolean().nullish(),
  rescale_factor: positive(1 / 255),
  image_mean: perChannel(z.number()),
  image_std: perChannel(z.number().positive()),
  image_seq_length: z.int().nullish(),
});

/**
 * Reads preprocessor_config.json and holds it against config.json.
 * @throws CheckpointError `checkpoint_config`
 */
export function parsePreprocessor(value: unknown, file: string, config: PaliGemmaConfig): PreprocessorConfig {
  const raw = checkSchema(schema, value, file);
  const { height, width } = raw.size;
  const { imageSize } = config.vision;
  if (height !== imageSize || width !== imageSize) {
    throw refuse(
      file,
      `size ${height}x${width} is not the ${imageSize}x${imageSize} of vision_config.image_size`,
    );
  }
  const length = raw.image_seq_length ?? config.imageTokens;
  if (length !== config.imageTokens) {
    throw refuse(file, `image_seq_length ${length} is not the ${config.imageTokens} patches of a picture`);
  }
  const normalise = raw.do_normalize ?? true;
  return {
    size: imageSize,
    resample: RESAMPLE[raw.resample],
    rescaleFactor: (raw.do_rescale ?? true) ? raw.rescale_factor : 1,
    mean: normalise ? (raw.image_mean ?? [0.5, 0.5, 0.5]) : [0, 0, 0],
    std: normalise ? (raw.image_std ?? [0.5, 0.5, 0.5]) : [1, 1, 1],
  };
}

function refuse(file: string, what: string): CheckpointError {
  return new CheckpointError('checkpoint_config', `${file} does not fit config.json, ${what}`);
}

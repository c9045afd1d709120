import { z } from 'zod';
import { CheckpointError } from '../shared/errors.js';
import { checkSchema } from './check-schema.js';
import { count } from './config-fields.js';
import type { PaliGemmaConfig } from './config.js';
import { GEMMA_2B, textConfig } from './parse-text-config.js';
import { SO400M, visionConfig } from './parse-vision-config.js';

const tokenId = z.int().min(0);
/** Hugging Face allows a list of ids that end a text; the first one is the tokenizer's. */
const endId = z.union([tokenId, z.array(tokenId).min(1)]).nullish();

const specialIds = { bos_token_id: tokenId.nullish(), eos_token_id: endId, pad_token_id: tokenId.nullish() };

const paligemma = z.object({
  ...specialIds,
  model_type: z.literal('paligemma'),
  image_token_index: tokenId.nullish(),
  image_token_id: tokenId.nullish(),
  projection_dim: count(2048),
  tie_word_embeddings: z.boolean().nullish(),
  quantization_config: z
    .null({ error: 'quantised checkpoints are not supported, take the original' })
    .optional(),
  vision_config: z.preprocess((given) => given ?? SO400M, visionConfig),
  text_config: z.preprocess((given) => given ?? GEMMA_2B, textConfig),
});

/** The ids may stand in text_config too. */
const nestedIds = z.object({ text_config: z.object(specialIds).nullish() });

/** config.json as the code uses it, and whether the head shares the embedding table. */
export interface ParsedConfig {
  readonly config: PaliGemmaConfig;
  readonly tiedHead: boolean;
}

/**
 * Reads config.json, every default that Hugging Face leaves out supplied.
 * @throws CheckpointError `checkpoint_config`
 */
export function parseConfig(value: unknown, file: string): ParsedConfig {
  const raw = checkSchema(paligemma, value, file);
  const nested = checkSchema(nestedIds, value, file).text_config ?? {};
  const vision = raw.vision_config;
  const { sizes: text, tied } = raw.text_config;
  if (raw.projection_dim !== text.hiddenSize) {
    throw refuse(
      file,
      `projection_dim ${raw.projection_dim} is not text_config.hidden_size ${text.hiddenSize}`,
    );
  }
  const config: PaliGemmaConfig = {
    vision,
    text,
    projectionDim: raw.projection_dim,
    // Whole patches only: what is left at the right and at the bottom is not seen, as in Hugging Face's convolution.
    imageTokens: Math.floor(vision.imageSize / vision.patchSize) ** 2,
    // The class default of Hugging Face, 256000, is wrong for every released checkpoint.
    imageTokenId: raw.image_token_index ?? raw.image_token_id ?? 257_152,
    bosTokenId: raw.bos_token_id ?? nested.bos_token_id ?? 2,
    eosTokenId: first(raw.eos_token_id) ?? first(nested.eos_token_id) ?? 1,
    padTokenId: raw.pad_token_id ?? nested.pad_token_id ?? 0,
  };
  checkIds(config, file);
  return { config, tiedHead: tied ?? raw.tie_word_embeddings ?? true };
}

function checkIds(config: PaliGemmaConfig, file: string): void {
  const { imageTokenId, text } = config;
  if (imageTokenId >= text.vocabSize) {
    throw refuse(file, `image_token_index ${imageTokenId} is not below vocab_size ${text.vocabSize}`);
  }
  for (const [name, id] of [
    ['bos_token_id', config.bosTokenId],
    ['eos_token_id', config.eosTokenId],
    ['pad_token_id', config.padTokenId],
  ] as const) {
    // Ids from the image token on can never be generated, so an eos there would never end a text.
    if (id >= imageTokenId)
      throw refuse(file, `${name} ${id} is not below image_token_index ${imageTokenId}`);
  }
}

function first(ids: number | number[] | null | undefined): number | undefined {
  return Array.isArray(ids) ? ids[0] : (ids ?? undefined);
}

function refuse(file: string, what: string): CheckpointError {
  return new CheckpointError(
    'checkpoint_config',
    `${file} is not a PaliGemma file that can be used, ${what}`,
  );
}

import { z } from 'zod';
import { count, layerCount, positive } from './config-fields.js';
import type { VisionConfig } from './config.js';
import { MAX_IMAGE_SIZE } from './limits.js';

/** Names under which Hugging Face offers one and the same formula, GELU by tanh. */
export const TANH_GELU = ['gelu_pytorch_tanh', 'gelu_new', 'gelu_fast'] as const;

/** vision_config of config.json: SigLIP, with the defaults of Hugging Face's SiglipVisionConfig. */
export const visionConfig = z
  .object({
    model_type: z.enum(['siglip_vision_model', 'siglip']).nullish(),
    hidden_act: z.enum(TANH_GELU).nullish(),
    hidden_size: count(768),
    intermediate_size: count(3072),
    num_hidden_layers: layerCount(12),
    num_attention_heads: count(12),
    num_channels: z.literal(3).nullish(),
    image_size: count(224, MAX_IMAGE_SIZE),
    patch_size: count(16, MAX_IMAGE_SIZE),
    layer_norm_eps: positive(1e-6),
  })
  .refine((v) => v.hidden_size % v.num_attention_heads === 0, {
    error: 'hidden_size is not a multiple of num_attention_heads',
  })
  .refine((v) => v.image_size >= v.patch_size, { error: 'image_size is smaller than patch_size' })
  .transform((v): VisionConfig => ({
    hiddenSize: v.hidden_size,
    intermediateSize: v.intermediate_size,
    layers: v.num_hidden_layers,
    heads: v.num_attention_heads,
    imageSize: v.image_size,
    patchSize: v.patch_size,
    channels: 3,
    layerNormEpsilon: v.layer_norm_eps,
  }));

/** What Hugging Face's PaliGemmaConfig takes when vision_config is absent: SigLIP-So400m/14 at 224. */
export const SO400M = {
  hidden_size: 1152,
  intermediate_size: 4304,
  num_hidden_layers: 27,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
};

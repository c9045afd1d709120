import { z } from 'zod';
import { count, layerCount, mustBe, positive } from './config-fields.js';
import type { TextConfig } from './config.js';
import { MAX_VOCABULARY } from './limits.js';
import { TANH_GELU } from './parse-vision-config.js';

/** Gemma says `gelu` where it means the tanh form: its first releases did, and Hugging Face reads it so. */
const activation = z.enum([...TANH_GELU, 'gelu']).nullish();

const onlyDefaultRope = z
  .looseObject({ rope_type: z.literal('default').nullish(), type: z.literal('default').nullish() })
  .nullish();

const common = {
  vocab_size: count(257_216, MAX_VOCABULARY),
  head_dim: count(256),
  rms_norm_eps: positive(1e-6),
  rope_theta: z.number().positive().nullish(),
  // transformers 5 nests what 4 has in rope_theta and rope_scaling.
  rope_parameters: z
    .looseObject({ rope_type: z.literal('default').nullish(), rope_theta: z.number().positive().nullish() })
    .nullish(),
  rope_scaling: onlyDefaultRope,
  max_position_embeddings: count(8192, 1 << 24),
  hidden_act: activation,
  hidden_activation: activation,
  attention_bias: mustBe(false, 'a decoder with attention biases is not supported'),
  tie_word_embeddings: z.boolean().nullish(),
};

const gemma = z.object({
  ...common,
  model_type: z.literal('gemma'),
  hidden_size: count(3072),
  intermediate_size: count(24_576),
  num_hidden_layers: layerCount(28),
  num_attention_heads: count(16),
  num_key_value_heads: count(16),
});

const gemma2 = z.object({
  ...common,
  model_type: z.literal('gemma2'),
  hidden_size: count(2304),
  intermediate_size: count(9216),
  num_hidden_layers: layerCount(26),
  num_attention_heads: count(8),
  num_key_value_heads: count(4),
  query_pre_attn_scalar: positive(256),
  // null switches the softcap off, so it is not the default as elsewhere.
  attn_logit_softcapping: z.number().positive().nullable().default(50),
});

/** text_config of config.json: Gemma or Gemma 2, with the defaults of Hugging Face's classes. */
export const textConfig = z
  .discriminatedUnion('model_type', [gemma, gemma2])
  .refine((t) => t.num_attention_heads % t.num_key_value_heads === 0, {
    error: 'num_attention_heads is not a multiple of num_key_value_heads',
  })
  .refine((t) => t.head_dim % 2 === 0, { error: 'head_dim is odd, rotary positions need halves' })
  .transform((t) => ({ sizes: toTextConfig(t), tied: t.tie_word_embeddings }));

function toTextConfig(t: z.output<typeof gemma> | z.output<typeof gemma2>): TextConfig {
  const second = t.model_type === 'gemma2';
  return {
    family: t.model_type,
    vocabSize: t.vocab_size,
    hiddenSize: t.hidden_size,
    intermediateSize: t.intermediate_size,
    layers: t.num_hidden_layers,
    heads: t.num_attention_heads,
    keyValueHeads: t.num_key_value_heads,
    headDim: t.head_dim,
    rmsNormEpsilon: t.rms_norm_eps,
    ropeTheta: t.rope_parameters?.rope_theta ?? t.rope_theta ?? 10_000,
    queryScale: (second ? t.query_pre_attn_scalar : t.head_dim) ** -0.5,
    attentionSoftcap: second ? t.attn_logit_softcapping : null,
    maxPositions: t.max_position_embeddings,
  };
}

/** What Hugging Face's PaliGemmaConfig takes when text_config is absent: Gemma 2B. */
export const GEMMA_2B = {
  model_type: 'gemma',
  hidden_size: 2048,
  intermediate_size: 16_384,
  num_hidden_layers: 18,
  num_attention_heads: 8,
  num_key_value_heads: 1,
};

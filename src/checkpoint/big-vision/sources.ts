import type { PaliGemmaConfig } from '../config.js';

/** Where a tensor comes from in an npz file of big_vision. */
export interface BigVisionSource {
  /** Name of the array, without `params/`. */
  readonly key: string;
  /** What is taken of its first axes. */
  readonly select: readonly number[];
  /** How the other axes are put before they are joined; absent: as they lie. */
  readonly order?: readonly number[];
}

const VISION = 'vision_tower';
const BLOCK = 'img/Transformer/encoderblock';
const ATTENTION = `${BLOCK}/MultiHeadDotProductAttention_0`;
const MATRIX = [1, 0];

/**
 * Canonical tensor name -> where it lies in big_vision's npz: layers are stacked on the first axis, kernels lie
 * `[in, out]`, heads have axes of their own. Source: paligemma.md section 5.3, Hugging Face's conversion script.
 */
export function bigVisionSources(config: PaliGemmaConfig): ReadonlyMap<string, BigVisionSource> {
  const sources = new Map<string, BigVisionSource>();
  const add = (name: string, key: string, select: number[] = [], order?: readonly number[]): void => {
    sources.set(name, { key, select, ...(order === undefined ? {} : { order }) });
  };
  add(`${VISION}.embeddings.patch_embedding.weight`, 'img/embedding/kernel', [], [3, 2, 0, 1]);
  add(`${VISION}.embeddings.patch_embedding.bias`, 'img/embedding/bias');
  add(`${VISION}.embeddings.position_embedding.weight`, 'img/pos_embedding', [0]);
  for (let i = 0; i < config.vision.layers; i++) {
    const layer = `${VISION}.encoder.layers.${i}`;
    for (const n of [0, 1]) {
      add(`${layer}.layer_norm${n + 1}.weight`, `${BLOCK}/LayerNorm_${n}/scale`, [i]);
      add(`${layer}.layer_norm${n + 1}.bias`, `${BLOCK}/LayerNorm_${n}/bias`, [i]);
      add(`${layer}.mlp.fc${n + 1}.weight`, `${BLOCK}/MlpBlock_0/Dense_${n}/kernel`, [i], MATRIX);
      add(`${layer}.mlp.fc${n + 1}.bias`, `${BLOCK}/MlpBlock_0/Dense_${n}/bias`, [i]);
    }
    for (const [part, key] of [
      ['q_proj', 'query'],
      ['k_proj', 'key'],
      ['v_proj', 'value'],
    ] as const) {
      add(`${layer}.self_attn.${part}.weight`, `${ATTENTION}/${key}/kernel`, [i], [1, 2, 0]); // [in, head, dim]
      add(`${layer}.self_attn.${part}.bias`, `${ATTENTION}/${key}/bias`, [i]);
    }
    add(`${layer}.self_attn.out_proj.weight`, `${ATTENTION}/out/kernel`, [i], [2, 0, 1]); // [head, dim, out]
    add(`${layer}.self_attn.out_proj.bias`, `${ATTENTION}/out/bias`, [i]);
  }
  add(`${VISION}.post_layernorm.weight`, 'img/Transformer/encoder_norm/scale');
  add(`${VISION}.post_layernorm.bias`, 'img/Transformer/encoder_norm/bias');
  add('multi_modal_projector.linear.weight', 'img/head/kernel', [], MATRIX);
  add('multi_modal_projector.linear.bias', 'img/head/bias');
  addDecoder(config, add);
  return sources;
}

function addDecoder(
  { text }: PaliGemmaConfig,
  add: (name: string, key: string, select?: number[], order?: readonly number[]) => void,
): void {
  add('language_model.embed_tokens.weight', 'llm/embedder/input_embedding');
  for (let i = 0; i < text.layers; i++) {
    const layer = `language_model.layers.${i}`;
    const attention = 'llm/layers/attn';
    add(`${layer}.self_attn.q_proj.weight`, `${attention}/q_einsum/w`, [i], [0, 2, 1]); // [head, in, dim]
    add(`${layer}.self_attn.k_proj.weight`, `${attention}/kv_einsum/w`, [i, 0], [0, 2, 1]);
    add(`${layer}.self_attn.v_proj.weight`, `${attention}/kv_einsum/w`, [i, 1], [0, 2, 1]);
    add(`${layer}.self_attn.o_proj.weight`, `${attention}/attn_vec_einsum/w`, [i], [2, 0, 1]); // [head, dim, out]
    add(`${layer}.mlp.gate_proj.weight`, 'llm/layers/mlp/gating_einsum', [i, 0], MATRIX);
    add(`${layer}.mlp.up_proj.weight`, 'llm/layers/mlp/gating_einsum', [i, 1], MATRIX);
    add(`${layer}.mlp.down_proj.weight`, 'llm/layers/mlp/linear', [i], MATRIX);
    for (const [norm, key] of NORMS[text.family])
      add(`${layer}.${norm}.weight`, `llm/layers/${key}/scale`, [i]);
  }
  add('language_model.norm.weight', 'llm/final_norm/scale');
}

/** Hugging Face's name, big_vision's name. */
const NORMS = {
  gemma: [
    ['input_layernorm', 'pre_attention_norm'],
    ['post_attention_layernorm', 'pre_ffw_norm'],
  ],
  gemma2: [
    ['input_layernorm', 'pre_attention_norm'],
    ['post_attention_layernorm', 'post_attention_norm'],
    ['pre_feedforward_layernorm', 'pre_ffw_norm'],
    ['post_feedforward_layernorm', 'post_ffw_norm'],
  ],
} as const;

/** The sizes of a checkpoint that is made for measuring. */
export interface ModelShape {
  readonly visionLayers: number;
  readonly textLayers: number;
  readonly vocabSize: number;
}

/** PaliGemma 3B at 224 pixels; fewer layers measure the same kernels in less time and memory. */
export const FULL_SHAPE: ModelShape = { visionLayers: 27, textLayers: 18, vocabSize: 257_216 };

const VISION = {
  hidden_size: 1152,
  intermediate_size: 4304,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
};
const TEXT = {
  model_type: 'gemma',
  hidden_size: 2048,
  intermediate_size: 16_384,
  num_attention_heads: 8,
  num_key_value_heads: 1,
  head_dim: 256,
};

/** Ids behind the last that can be generated: the image token and padding, as in Google's checkpoints. */
const RESERVED_IDS = 64;

/** config.json of such a checkpoint, and its tensors by their published names. */
export function shapeFiles({ visionLayers, textLayers, vocabSize }: ModelShape): {
  readonly config: object;
  readonly tensors: ReadonlyMap<string, readonly number[]>;
} {
  const config = {
    model_type: 'paligemma',
    bos_token_id: 2,
    eos_token_id: 1,
    pad_token_id: 0,
    image_token_index: vocabSize - RESERVED_IDS,
    projection_dim: TEXT.hidden_size,
    text_config: { ...TEXT, vocab_size: vocabSize, num_hidden_layers: textLayers },
    vision_config: { model_type: 'siglip_vision_model', ...VISION, num_hidden_layers: visionLayers },
  };
  const tensors = new Map<string, readonly number[]>();
  const layer = (name: string, shape: readonly number[], hasBias: boolean) => {
    tensors.set(`${name}.weight`, shape);
    if (hasBias) tensors.set(`${name}.bias`, [shape[0] ?? 0]);
  };
  const { hidden_size: w, intermediate_size: inner, image_size: side, patch_size: patch } = VISION;
  const tower = 'vision_tower.vision_model';
  layer(`${tower}.embeddings.patch_embedding`, [w, 3, patch, patch], true);
  layer(`${tower}.embeddings.position_embedding`, [(side / patch) ** 2, w], false);
  for (let i = 0; i < visionLayers; i++) {
    const name = `${tower}.encoder.layers.${i}`;
    for (const norm of ['layer_norm1', 'layer_norm2']) layer(`${name}.${norm}`, [w], true);
    for (const part of ['q', 'k', 'v', 'out']) layer(`${name}.self_attn.${part}_proj`, [w, w], true);
    layer(`${name}.mlp.fc1`, [inner, w], true);
    layer(`${name}.mlp.fc2`, [w, inner], true);
  }
  layer(`${tower}.post_layernorm`, [w], true);
  const { hidden_size: e, intermediate_size: wide, head_dim: d, num_attention_heads: heads } = TEXT;
  layer('multi_modal_projector.linear', [e, w], true);
  layer('language_model.model.embed_tokens', [vocabSize, e], false);
  for (let i = 0; i < textLayers; i++) {
    const name = `language_model.model.layers.${i}`;
    layer(`${name}.self_attn.q_proj`, [heads * d, e], false);
    for (const part of ['k', 'v'])
      layer(`${name}.self_attn.${part}_proj`, [TEXT.num_key_value_heads * d, e], false);
    layer(`${name}.self_attn.o_proj`, [e, heads * d], false);
    for (const part of ['gate', 'up']) layer(`${name}.mlp.${part}_proj`, [wide, e], false);
    layer(`${name}.mlp.down_proj`, [e, wide], false);
    for (const norm of ['input_layernorm', 'post_attention_layernorm']) layer(`${name}.${norm}`, [e], false);
  }
  layer('language_model.model.norm', [e], false);
  return { config, tensors };
}

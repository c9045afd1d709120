import type { PaliGemmaConfig, TextConfig, VisionConfig } from './config.js';

type Shapes = Map<string, readonly number[]>;

/** Every tensor the config asks for, by canonical name, with its shape. */
export function expectedTensors(
  config: PaliGemmaConfig,
  tiedHead: boolean,
): ReadonlyMap<string, readonly number[]> {
  const { vision, text } = config;
  const shapes: Shapes = new Map();
  addVision(shapes, vision, config.imageTokens);
  addLinear(shapes, 'multi_modal_projector.linear', config.projectionDim, vision.hiddenSize);
  addText(shapes, text);
  if (!tiedHead) shapes.set('lm_head.weight', [text.vocabSize, text.hiddenSize]);
  return shapes;
}

function addVision(shapes: Shapes, v: VisionConfig, patches: number): void {
  const at = 'vision_tower.embeddings';
  shapes.set(`${at}.patch_embedding.weight`, [v.hiddenSize, v.channels, v.patchSize, v.patchSize]);
  shapes.set(`${at}.patch_embedding.bias`, [v.hiddenSize]);
  shapes.set(`${at}.position_embedding.weight`, [patches, v.hiddenSize]);
  for (let i = 0; i < v.layers; i++) {
    const layer = `vision_tower.encoder.layers.${i}`;
    addLayerNorm(shapes, `${layer}.layer_norm1`, v.hiddenSize);
    addLayerNorm(shapes, `${layer}.layer_norm2`, v.hiddenSize);
    for (const part of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) {
      addLinear(shapes, `${layer}.self_attn.${part}`, v.hiddenSize, v.hiddenSize);
    }
    addLinear(shapes, `${layer}.mlp.fc1`, v.intermediateSize, v.hiddenSize);
    addLinear(shapes, `${layer}.mlp.fc2`, v.hiddenSize, v.intermediateSize);
  }
  addLayerNorm(shapes, 'vision_tower.post_layernorm', v.hiddenSize);
}

function addText(shapes: Shapes, t: TextConfig): void {
  const queries = t.heads * t.headDim;
  const keys = t.keyValueHeads * t.headDim;
  shapes.set('language_model.embed_tokens.weight', [t.vocabSize, t.hiddenSize]);
  for (let i = 0; i < t.layers; i++) {
    const layer = `language_model.layers.${i}`;
    shapes.set(`${layer}.self_attn.q_proj.weight`, [queries, t.hiddenSize]);
    shapes.set(`${layer}.self_attn.k_proj.weight`, [keys, t.hiddenSize]);
    shapes.set(`${layer}.self_attn.v_proj.weight`, [keys, t.hiddenSize]);
    shapes.set(`${layer}.self_attn.o_proj.weight`, [t.hiddenSize, queries]);
    shapes.set(`${layer}.mlp.gate_proj.weight`, [t.intermediateSize, t.hiddenSize]);
    shapes.set(`${layer}.mlp.up_proj.weight`, [t.intermediateSize, t.hiddenSize]);
    shapes.set(`${layer}.mlp.down_proj.weight`, [t.hiddenSize, t.intermediateSize]);
    for (const norm of NORMS[t.family]) shapes.set(`${layer}.${norm}.weight`, [t.hiddenSize]);
  }
  shapes.set('language_model.norm.weight', [t.hiddenSize]);
}

const NORMS = {
  gemma: ['input_layernorm', 'post_attention_layernorm'],
  gemma2: [
    'input_layernorm',
    'post_attention_layernorm',
    'pre_feedforward_layernorm',
    'post_feedforward_layernorm',
  ],
} as const;

function addLayerNorm(shapes: Shapes, name: string, width: number): void {
  shapes.set(`${name}.weight`, [width]);
  shapes.set(`${name}.bias`, [width]);
}

function addLinear(shapes: Shapes, name: string, rows: number, columns: number): void {
  shapes.set(`${name}.weight`, [rows, columns]);
  shapes.set(`${name}.bias`, [rows]);
}

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { goldenNumbers } from './golden-number.js';

const TOKENIZER_FOLDER = join(import.meta.dirname, '../../fixtures/paligemma-tiny/paligemma1-tiny-f32');

export interface TextSizes {
  readonly model_type: 'gemma' | 'gemma2';
  readonly vocab_size: number;
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number;
  readonly head_dim: number;
  readonly query_pre_attn_scalar?: number;
  readonly attn_logit_softcapping?: number | null;
  readonly final_logit_softcapping?: number | null;
}

export interface VisionSizes {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly image_size: number;
  readonly patch_size: number;
}

/**
 * Writes a checkpoint of any size in the published layout, float32 in one file, its weights by the golden rule.
 * @returns the folder; it is removed after the test
 */
export async function writeCheckpoint(
  text: TextSizes,
  vision: VisionSizes,
  imageTokenId: number,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'golden-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const config = {
    model_type: 'paligemma',
    bos_token_id: 2,
    eos_token_id: 1,
    pad_token_id: 0,
    image_token_index: imageTokenId,
    projection_dim: text.hidden_size,
    text_config: text,
    vision_config: { model_type: 'siglip_vision_model', ...vision },
  };
  const size = { height: vision.image_size, width: vision.image_size };
  const preprocessor = {
    do_normalize: true,
    do_rescale: true,
    do_resize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
    resample: 3,
    rescale_factor: 1 / 255,
    size,
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'preprocessor_config.json'), JSON.stringify(preprocessor));
  await cp(join(TOKENIZER_FOLDER, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  await writeFile(join(folder, 'model.safetensors'), safetensors(shapes(text, vision)));
  return folder;
}

function safetensors(tensors: ReadonlyMap<string, readonly number[]>): Buffer {
  const header: Record<string, object> = {};
  const data: Buffer[] = [];
  let end = 0;
  for (const [name, shape] of tensors) {
    const numbers = goldenWeight(name, shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + numbers.byteLength] };
    data.push(Buffer.from(numbers.buffer));
    end += numbers.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...data]);
}

/** The first rule that fits a name gives its scale; norms of the vision tower lie around 1. */
function goldenWeight(name: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (name.endsWith('embed_tokens.weight')) return goldenNumbers(name, count, 0.5);
  if (name.includes('norm')) {
    const offset = name.startsWith('vision_tower') && name.endsWith('weight') ? 1 : 0;
    return goldenNumbers(name, count, 0.3).map((value) => offset + value);
  }
  if (name.endsWith('bias')) return goldenNumbers(name, count, 0.1);
  if (name.includes('position_embedding')) return goldenNumbers(name, count, 0.5);
  return goldenNumbers(
    name,
    count,
    2 / Math.sqrt(shape.slice(1).reduce((product, size) => product * size, 1)),
  );
}

/** Every tensor by its published name. */
function shapes(text: TextSizes, vision: VisionSizes): Map<string, number[]> {
  const all = new Map<string, number[]>();
  const layer = (name: string, shape: number[], hasBias: boolean) => {
    all.set(`${name}.weight`, shape);
    if (hasBias) all.set(`${name}.bias`, [shape[0] ?? 0]);
  };
  const [w, patches] = [vision.hidden_size, Math.floor(vision.image_size / vision.patch_size) ** 2];
  const tower = 'vision_tower.vision_model';
  layer(`${tower}.embeddings.patch_embedding`, [w, 3, vision.patch_size, vision.patch_size], true);
  all.set(`${tower}.embeddings.position_embedding.weight`, [patches, w]);
  for (let i = 0; i < vision.num_hidden_layers; i++) {
    const name = `${tower}.encoder.layers.${i}`;
    for (const norm of ['layer_norm1', 'layer_norm2']) layer(`${name}.${norm}`, [w], true);
    for (const part of ['q', 'k', 'v', 'out']) layer(`${name}.self_attn.${part}_proj`, [w, w], true);
    layer(`${name}.mlp.fc1`, [vision.intermediate_size, w], true);
    layer(`${name}.mlp.fc2`, [w, vision.intermediate_size], true);
  }
  layer(`${tower}.post_layernorm`, [w], true);
  const { hidden_size: e, intermediate_size: wide, head_dim: d } = text;
  layer('multi_modal_projector.linear', [e, w], true);
  layer('language_model.model.embed_tokens', [text.vocab_size, e], false);
  const norms = ['input_layernorm', 'post_attention_layernorm'];
  if (text.model_type === 'gemma2') norms.push('pre_feedforward_layernorm', 'post_feedforward_layernorm');
  for (let i = 0; i < text.num_hidden_layers; i++) {
    const name = `language_model.model.layers.${i}`;
    layer(`${name}.self_attn.q_proj`, [text.num_attention_heads * d, e], false);
    for (const part of ['k', 'v'])
      layer(`${name}.self_attn.${part}_proj`, [text.num_key_value_heads * d, e], false);
    layer(`${name}.self_attn.o_proj`, [e, text.num_attention_heads * d], false);
    for (const part of ['gate', 'up']) layer(`${name}.mlp.${part}_proj`, [wide, e], false);
    layer(`${name}.mlp.down_proj`, [e, wide], false);
    for (const norm of norms) layer(`${name}.${norm}`, [e], false);
  }
  layer('language_model.model.norm', [e], false);
  return all;
}

import { expect, it } from 'vitest';
import { canonicalName } from '../../../src/checkpoint/canonical-name.js';

it.each([
  ['vision_tower.vision_model.post_layernorm.bias', 'vision_tower.post_layernorm.bias'],
  ['model.vision_tower.vision_model.post_layernorm.bias', 'vision_tower.post_layernorm.bias'],
  ['model.vision_tower.post_layernorm.bias', 'vision_tower.post_layernorm.bias'],
  ['model.multi_modal_projector.linear.weight', 'multi_modal_projector.linear.weight'],
  ['language_model.model.layers.3.mlp.up_proj.weight', 'language_model.layers.3.mlp.up_proj.weight'],
  ['model.language_model.layers.3.mlp.up_proj.weight', 'language_model.layers.3.mlp.up_proj.weight'],
  ['language_model.lm_head.weight', 'lm_head.weight'],
  ['lm_head.weight', 'lm_head.weight'],
])('canonicalName makes %s %s', (stored, canonical) => {
  expect(canonicalName(stored)).toBe(canonical);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bundledModelDirectory } from '../../../src/cli/bundled-model.js';
import { defaultFrames } from '../../../src/cli/default-frames.js';

const folder = mkdtempSync(join(tmpdir(), 'default-frames-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('takes as many as the bundled model was trained on', async () => {
  expect(await defaultFrames(bundledModelDirectory())).toBe(8);
});

it.each([
  [224, 16],
  [448, 7],
  [896, 1],
])('takes no more than PaliGemma has room for, at %d pixels %d', async (size, frames) => {
  const image = { image_size: size, patch_size: 14, hidden_size: 1152, num_attention_heads: 16 };
  const config = { model_type: 'paligemma', vision_config: image };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  expect(await defaultFrames(folder)).toBe(frames);
});

it('leaves it to whoever opens the model to say what is wrong with it', async () => {
  expect(await defaultFrames(join(folder, 'none'))).toBe(16);
});

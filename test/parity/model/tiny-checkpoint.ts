import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ModelEvent, ModelRequest } from '../../../src/model/model.js';
import type { Generation, GenerationOptions } from '../../../src/language/generation.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

/** What Hugging Face computed for one tiny checkpoint. */
export interface Expected {
  readonly eos: number;
  readonly max_new_tokens: number;
  readonly cases: readonly {
    readonly frames: readonly number[];
    readonly prompt: string;
    readonly input_ids_after_image: readonly number[];
    readonly image_tokens: number;
    readonly image_features_first8: readonly number[];
    readonly image_features_last8: readonly number[];
    readonly first_logits_0_63: readonly number[];
    readonly greedy_ids: readonly number[];
    readonly greedy_text: string;
    readonly steps: readonly {
      readonly top_ids: readonly number[];
      readonly top_logprobs: readonly number[];
    }[];
  }[];
}

export const TINY_CHECKPOINTS = [
  'paligemma1-tiny-f32',
  'paligemma1-tiny-bf16-sharded',
  'paligemma2-tiny-bf16',
] as const;

export function tinyFolder(name: (typeof TINY_CHECKPOINTS)[number]): string {
  return join(import.meta.dirname, '../../fixtures/paligemma-tiny', name);
}

export async function readExpected(folder: string): Promise<Expected> {
  return JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Expected;
}

/** Frames of a tiny checkpoint, resized by the reference already. */
export async function readFrames(
  folder: string,
  indices: readonly number[],
): Promise<ModelRequest['frames']> {
  return Promise.all(
    indices.map(async (index) => {
      const file = join(folder, 'frames', `${String(index).padStart(2, '0')}.resized.png`);
      const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return { key: String(index), pixels: tensor(PIXEL_AXES, [info.height, info.width, 3], data) };
    }),
  );
}

export const GREEDY: GenerationOptions = { sampling: { kind: 'greedy' }, maxNewTokens: 16, topLogprobs: 5 };

/** Everything a request gives, in order, and the whole at the end. */
export async function collect(
  events: AsyncIterable<ModelEvent>,
): Promise<{ events: ModelEvent[]; generation: Generation }> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  const last = all[all.length - 1];
  if (last?.kind !== 'done') throw new Error('the request ended without done');
  return { events: all, generation: last.generation };
}

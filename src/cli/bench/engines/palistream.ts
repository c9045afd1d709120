import { openCheckpoint } from '../../../checkpoint/open-checkpoint.js';
import type { Sequence } from '../../../language/sequence.js';
import { topIds } from '../../../language/top-ids.js';
import { openTowers } from '../../../model/engine-towers.js';
import { IMAGE_TOKEN_AXES, PIXEL_AXES, tensor, type ImageTokens } from '../../../shared/tensor.js';
import type { EncodableFrame } from '../../../vision/encodable-frame.js';
import type { BenchEngine, EngineSettings, Writing } from './bench-engine.js';

type Settings = Extract<EngineSettings, { kind: 'palistream' }>;

const SOME_IDS = [5, 6, 7];

/** This project's own towers, without the cache of image tokens. */
export async function openPalistream(
  settings: Settings,
  onWarning: (message: string) => void,
): Promise<BenchEngine> {
  const checkpoint = await openCheckpoint(settings.directory);
  const { config } = checkpoint;
  const { vision, decoder, weights } = await openTowers(checkpoint, {
    ...settings,
    imageTokenCacheBytes: 0,
    onWarning,
  });
  const prompt = [config.bosTokenId, ...SOME_IDS];
  const begin = async (images: ImageTokens, words: number): Promise<Writing> =>
    writingOf(await decoder.prefill(images, prompt, words + 1));
  const { imageSize } = config.vision;
  return {
    encode: async (frames) => {
      await vision.encode(framesOf(frames, imageSize));
    },
    prefill: (rows, words) => begin(imageTokens(rows - prompt.length, config.projectionDim), words),
    together: (writings) => ({
      next: async () => {
        await Promise.all(writings.map((writing) => writing.next()));
      },
      end: () => Promise.resolve(),
    }),
    caption: async (frames, words, onFirstWord) => {
      const writing = await begin(await vision.encode(framesOf(frames, imageSize)), words);
      onFirstWord();
      for (let word = 1; word < words; word++) await writing.next();
    },
    close: async () => {
      await vision.dispose();
      await decoder.dispose();
      await weights.dispose();
    },
  };
}

function writingOf(sequence: Sequence): Writing {
  let [likeliest = 0] = topIds(sequence.logits, 1);
  return {
    next: async () => {
      await sequence.append(likeliest);
      [likeliest = 0] = topIds(sequence.logits, 1);
    },
    end: () => Promise.resolve(),
  };
}

function imageTokens(rows: number, width: number): ImageTokens {
  const data = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i * 0.37));
  return tensor(IMAGE_TOKEN_AXES, [1, rows, width], data);
}

function framesOf(count: number, side: number): EncodableFrame[] {
  return Array.from({ length: count }, (_, frame) => {
    const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => ((i + frame) * 37) % 256);
    return { key: `bench/${frame}`, pixels: tensor(PIXEL_AXES, [side, side, 3], data) };
  });
}

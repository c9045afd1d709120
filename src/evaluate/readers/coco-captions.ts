import { z } from 'zod';
import type { Reader } from './reader.js';

export const KARPATHY = z.object({
  images: z.array(
    z.object({
      cocoid: z.number(),
      filepath: z.string(),
      filename: z.string(),
      split: z.string(),
      sentences: z.array(z.object({ raw: z.string() })),
    }),
  ),
});

/** COCO captions with Karpathy's splits: `dataset_coco.json`, `val2014/`. */
export const cocoCaptions: Reader = async function* (folder, split) {
  const { images } = await folder.json('dataset_coco.json', KARPATHY);
  for (const image of images) {
    if (image.split !== split) continue;
    yield {
      id: String(image.cocoid),
      media: [`${image.filepath}/${image.filename}`],
      fields: {},
      references: image.sentences.map(({ raw }) => raw),
    };
  }
};

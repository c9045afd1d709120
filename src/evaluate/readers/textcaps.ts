import { z } from 'zod';
import { groupBy } from '../lists/group-by.js';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  data: z.array(
    z.object({ image_id: z.string(), image_name: z.string(), caption_str: z.string().optional() }),
  ),
});

/** TextCaps: `TextCaps_0.1_val.json`, `train_images/` (the pictures of val lie there too). */
export const textcaps: Reader = async function* (folder, split) {
  const { data } = await folder.json(`TextCaps_0.1_${split}.json`, SCHEMA);
  for (const [id, captions] of groupBy(data, (caption) => caption.image_id)) {
    yield {
      id,
      media: [`${split === 'test' ? 'test' : 'train'}_images/${captions[0]?.image_name ?? id}.jpg`],
      fields: {},
      references: captions.flatMap(({ caption_str }) => caption_str ?? []),
    };
  }
};

import { z } from 'zod';
import { groupBy } from '../lists/group-by.js';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string() })),
  annotations: z.array(z.object({ image_id: z.number(), caption: z.string() })),
});

/** NoCaps: `nocaps_val_4500_captions.json`, `Images/validation/`. */
export const nocaps: Reader = async function* (folder) {
  const { images, annotations } = await folder.json('nocaps_val_4500_captions.json', SCHEMA);
  const captions = groupBy(annotations, (annotation) => annotation.image_id);
  for (const { id, file_name } of images) {
    const references = (captions.get(id) ?? []).map(({ caption }) => caption);
    yield { id: String(id), media: [`Images/validation/${file_name}`], fields: {}, references };
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const ANNOTATION = z.object({
  '1-lowercase-and-token-and-remove-figure-index': z.object({ caption: z.string() }),
});

/** SciCap, first sentence, no subfigures: the three folders of `scicap_data`. */
export const scicap: Reader = async function* (folder, split) {
  const list = `List-of-Files-for-Each-Experiments/First-Sentence/No-Subfig/${split}/file_idx.json`;
  for (const name of await folder.json(list, z.array(z.string()))) {
    const id = name.replace(/\.png$/, '');
    const annotation = await folder.json(`SciCap-Caption-All/${split}/${id}.json`, ANNOTATION);
    yield {
      id: name,
      media: [`SciCap-No-Subfig-Img/${split}/${name}`],
      fields: {},
      references: [annotation['1-lowercase-and-token-and-remove-figure-index'].caption],
    };
  }
};

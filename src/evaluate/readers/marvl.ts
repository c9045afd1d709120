import { z } from 'zod';
import type { Reader } from './reader.js';

const LINE = z.object({
  id: z.string(),
  concept: z.string(),
  caption: z.string(),
  left_img: z.string(),
  right_img: z.string(),
  label: z.boolean(),
});

/** MaRVL: for each language `LL/annotations/marvl-LL.jsonl` and `LL/images/CONCEPT/`. */
export const marvl: Reader = async function* (folder) {
  for (const language of ['id', 'sw', 'ta', 'tr', 'zh']) {
    for await (const line of folder.lines(`${language}/annotations/marvl-${language}.jsonl`, LINE)) {
      const picture = (name: string): string => `${language}/images/${line.concept}/${name}`;
      yield {
        id: `${language}_${line.id}`,
        media: [picture(line.left_img), picture(line.right_img)],
        fields: { sentence: line.caption },
        references: [line.label ? 'True' : 'False'],
        group: language,
      };
    }
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.array(
  z.object({
    image: z.string(),
    image_id: z.number(),
    question_id: z.number(),
    question: z.string(),
    answer: z.union([z.string(), z.number()]),
    issimple: z.union([z.boolean(), z.number()]).optional(),
  }),
);

/** TallyQA: `test.json`; pictures as it names them (`val2014/`, `VG_100K/`, `VG_100K_2/`). */
export const tallyqa: Reader = async function* (folder, split) {
  for (const item of await folder.json(`${split}.json`, SCHEMA)) {
    const simple = item.issimple === undefined ? null : Number(item.issimple);
    yield {
      id: `${item.image_id}_${item.question_id}`,
      media: [item.image],
      fields: { question: item.question },
      references: [String(Number(item.answer))],
      group: simple === 1 ? 'simple' : simple === 0 ? 'complex' : 'other',
    };
  }
};

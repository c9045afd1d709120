import { z } from 'zod';
import type { Reader } from './reader.js';

const LINE = z.object({
  question_id: z.number(),
  image: z.string(),
  text: z.string(),
  label: z.string(),
});

/** POPE: `coco_pope_random.json` and its two sisters, `val2014/`. */
export const pope: Reader = async function* (folder) {
  for (const group of ['random', 'popular', 'adversarial']) {
    for await (const line of folder.lines(`coco_pope_${group}.json`, LINE)) {
      yield {
        id: `${group}_${line.question_id}`,
        media: [`val2014/${line.image}`],
        fields: { question: line.text },
        references: [line.label],
        group,
      };
    }
  }
};

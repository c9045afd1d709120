import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.array(z.object({ imgname: z.string(), query: z.string(), label: z.string() }));

/** ChartQA: `test/test_human.json`, `test/test_augmented.json`, `test/png/`. */
export const chartqa: Reader = async function* (folder, split) {
  for (const group of ['human', 'augmented']) {
    const items = await folder.json(`${split}/${split}_${group}.json`, SCHEMA);
    for (const [i, { imgname, query, label }] of items.entries()) {
      yield {
        id: `${group}_${i}`,
        media: [`${split}/png/${imgname}`],
        fields: { question: query },
        references: [label],
        group,
      };
    }
  }
};

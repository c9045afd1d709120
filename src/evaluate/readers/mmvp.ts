import { z } from 'zod';
import type { Reader } from './reader.js';

const ROW = z.object({
  Index: z.string(),
  Question: z.string(),
  Options: z.string(),
  'Correct Answer': z.string(),
});

/** MMVP: `Questions.csv`, `MMVP Images/`. Questions 1 and 2 are a pair, 3 and 4, and so on. */
export const mmvp: Reader = async function* (folder) {
  for await (const row of folder.rows('Questions.csv', ROW)) {
    const letter = row['Correct Answer'].trim();
    const options = [...row.Options.matchAll(/(\([a-z]\))\s*([^(]*)/g)];
    const text = options.find((option) => option[1] === letter)?.[2]?.trim();
    yield {
      id: row.Index,
      media: [`MMVP Images/${row.Index}.jpg`],
      fields: { question: `${row.Question} ${row.Options}` },
      references: [letter, letter.replace(/[()]/g, ''), ...(text === undefined ? [] : [text])],
      pair: String(Math.ceil(Number(row.Index) / 2)),
    };
  }
};

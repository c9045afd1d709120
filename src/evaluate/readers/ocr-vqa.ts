import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.record(
  z.string(),
  z.object({
    split: z.number(),
    imageURL: z.string(),
    questions: z.array(z.string()),
    answers: z.array(z.string()),
  }),
);

/** Splits as the file numbers them. */
const NUMBERS: Readonly<Record<string, number>> = { train: 1, val: 2, test: 3 };

/** OCR-VQA: `dataset.json`, `images/ID` with the extension of the picture's address. */
export const ocrVqa: Reader = async function* (folder, split) {
  for (const [id, book] of Object.entries(await folder.json('dataset.json', SCHEMA))) {
    if (book.split !== NUMBERS[split]) continue;
    const extension = /\.\w+$/.exec(book.imageURL)?.[0] ?? '.jpg';
    for (const [i, question] of book.questions.entries()) {
      yield {
        id: `${id}_${i}`,
        media: [`images/${id}${extension}`],
        fields: { question },
        references: [book.answers[i] ?? ''],
      };
    }
  }
};

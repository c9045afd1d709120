import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.record(
  z.string(),
  z.object({
    split: z.string(),
    image: z.string().nullable(),
    question: z.string(),
    choices: z.array(z.string()),
    answer: z.number(),
    hint: z.string(),
  }),
);

const letter = (place: number): string => String.fromCharCode('A'.charCodeAt(0) + place);

/** ScienceQA, the questions with pictures: `problems.json`, `test/ID/image.png`. */
export const scienceQa: Reader = async function* (folder, split) {
  for (const [id, problem] of Object.entries(await folder.json('problems.json', SCHEMA))) {
    if (problem.split !== split || !problem.image) continue;
    yield {
      id,
      media: [`${split}/${id}/${problem.image}`],
      fields: {
        question: problem.question,
        hint: problem.hint === '' ? 'N/A' : problem.hint,
        choices: problem.choices.map((choice, i) => `(${letter(i)}) ${choice}`).join(', '),
      },
      references: [`The answer is ${letter(problem.answer)}.`],
    };
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.array(
  z.object({
    image: z.string(),
    question: z.string(),
    answers: z.array(z.object({ answer: z.string() })).optional(),
  }),
);

/** VizWiz VQA: `annotations/val.json`, `val/`. Empty answers do not count. */
export const vizwiz: Reader = async function* (folder, split) {
  for (const { image, question, answers = [] } of await folder.json(`annotations/${split}.json`, SCHEMA)) {
    const references = answers.map(({ answer }) => answer).filter((answer) => answer !== '');
    yield { id: image, media: [`${split}/${image}`], fields: { question }, references };
  }
};

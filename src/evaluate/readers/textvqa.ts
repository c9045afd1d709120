import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  data: z.array(
    z.object({
      question_id: z.number(),
      image_id: z.string(),
      question: z.string(),
      answers: z.array(z.string()).optional(),
    }),
  ),
});

/** TextVQA: `TextVQA_0.5.1_val.json`, `train_images/` (the pictures of val lie there too). */
export const textvqa: Reader = async function* (folder, split) {
  const { data } = await folder.json(`TextVQA_0.5.1_${split}.json`, SCHEMA);
  for (const { question_id, image_id, question, answers = [] } of data) {
    yield {
      id: String(question_id),
      media: [`${split === 'test' ? 'test' : 'train'}_images/${image_id}.jpg`],
      fields: { question },
      references: answers,
      group: 'other',
    };
  }
};

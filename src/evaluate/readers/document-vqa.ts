import { z } from 'zod';
import { permutations } from './permutations.js';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  data: z.array(
    z.object({
      questionId: z.number(),
      question: z.string(),
      image: z.string().optional(),
      image_local_name: z.string().optional(),
      answers: z.array(z.string()).optional(),
    }),
  ),
});

/**
 * DocVQA: `val_v1.0_withQT.json`, `val/documents/`. Infographic VQA: `infographicsVQA_val_v1.0_withQT.json`, `images/`;
 * lists among its answers count in any order.
 * @param options `file`; `pictures`: folder; `lists`: `any-order` or nothing
 */
export const documentVqa: Reader = async function* (
  folder,
  _split,
  { file = '', pictures = '', lists = '' },
) {
  const { data } = await folder.json(file, SCHEMA);
  for (const { questionId, question, image, image_local_name, answers = [] } of data) {
    yield {
      id: String(questionId),
      media: [`${pictures}/${image ?? image_local_name ?? ''}`],
      fields: { question },
      references: lists === 'any-order' ? answers.flatMap((answer) => permutations(answer)) : answers,
    };
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const QUESTIONS = z.object({
  questions: z.array(
    z.object({
      id: z.number(),
      active: z.boolean(),
      type: z.string().optional(),
      question: z.string().optional(),
      img_id: z.number().optional(),
      answers_ids: z.array(z.number()).optional(),
    }),
  ),
});
const ANSWERS = z.object({
  answers: z.array(z.object({ id: z.number(), active: z.boolean(), answer: z.string().optional() })),
});

const NUMERIC = ['count', 'area'];

/**
 * RSVQA, the questions without numbers.
 * @param options `prefix` of the files (`LR`, `USGS`), `pictures`: folder, `extension`: of the pictures; the split may be
 *   several, with `+` between
 */
export const rsvqa: Reader = async function* (folder, split, { prefix = '', pictures = '', extension = '' }) {
  const splits = split.split('+');
  for (const part of splits) {
    const { questions } = await folder.json(`${prefix}_split_${part}_questions.json`, QUESTIONS);
    const { answers } = await folder.json(`${prefix}_split_${part}_answers.json`, ANSWERS);
    const known = new Map(answers.map(({ id, answer }) => [id, answer]));
    for (const { id, active, type, question, img_id, answers_ids } of questions) {
      if (!active || type === undefined || question === undefined || NUMERIC.includes(type)) continue;
      const answer = known.get(answers_ids?.[0] ?? -1);
      yield {
        id: splits.length === 1 ? String(id) : `${part}_${id}`,
        media: [`${pictures}/${String(img_id)}.${extension}`],
        fields: { question },
        references: answer === undefined ? [] : [answer],
        group: splits.length === 1 ? type : `${part}/${type}`,
      };
    }
  }
};

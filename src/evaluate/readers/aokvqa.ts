import { z } from 'zod';
import { choices } from './choices.js';
import type { Reader } from './reader.js';

const SCHEMA = z.array(
  z.object({
    question_id: z.string(),
    image_id: z.number(),
    question: z.string(),
    choices: z.array(z.string()),
    correct_choice_idx: z.number().optional(),
    direct_answers: z.array(z.string()).optional(),
    difficult_direct_answer: z.boolean().optional(),
  }),
);

/**
 * A-OKVQA: `aokvqa_v1p0_val.json`, `val2017/`.
 * @param options `answers`: `choice` for one of four, `direct` for what ten people said
 */
export const aokvqa: Reader = async function* (folder, split, { answers }) {
  for (const item of await folder.json(`aokvqa_v1p0_${split}.json`, SCHEMA)) {
    // The official script leaves them out, too: ten people did not agree on their answers.
    if (answers === 'direct' && item.difficult_direct_answer === true) continue;
    const right = item.correct_choice_idx === undefined ? undefined : item.choices[item.correct_choice_idx];
    const chosen = right === undefined ? [] : [right];
    yield {
      id: item.question_id,
      media: [`${split}2017/${String(item.image_id).padStart(12, '0')}.jpg`],
      fields: { question: item.question, choices: choices(item.choices) },
      references: answers === 'choice' ? chosen : (item.direct_answers ?? []),
    };
  }
};

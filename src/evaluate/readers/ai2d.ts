import { z } from 'zod';
import { choices } from './choices.js';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  imageName: z.string(),
  questions: z.record(
    z.string(),
    z.object({
      questionId: z.string(),
      answerTexts: z.array(z.string()),
      correctAnswer: z.number(),
      abcLabel: z.boolean(),
    }),
  ),
});

/** AI2D: `ai2d_test_ids.csv`, and `ai2d/` with `questions/`, `images/` and `abc_images/`. */
export const ai2d: Reader = async function* (folder, split) {
  const tested = new Set(await folder.list('ai2d_test_ids.csv'));
  for (const file of await folder.names('ai2d/questions')) {
    if (!file.endsWith('.json') || tested.has(file.split('.')[0] ?? '') !== (split === 'test')) continue;
    const { imageName, questions } = await folder.json(`ai2d/questions/${file}`, SCHEMA);
    for (const [question, { questionId, answerTexts, correctAnswer, abcLabel }] of Object.entries(
      questions,
    )) {
      yield {
        id: questionId,
        media: [`ai2d/${abcLabel ? 'abc_images' : 'images'}/${imageName}`],
        fields: { question, choices: choices(answerTexts) },
        references: [answerTexts[correctAnswer] ?? ''],
      };
    }
  }
};

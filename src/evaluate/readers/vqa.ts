import { z } from 'zod';
import type { Reader } from './reader.js';

const QUESTIONS = z.object({
  questions: z.array(z.object({ question_id: z.number(), image_id: z.number(), question: z.string() })),
});
const ANNOTATIONS = z.object({
  annotations: z.array(
    z.object({
      question_id: z.number(),
      answer_type: z.string(),
      answers: z.array(z.object({ answer: z.string() })),
    }),
  ),
});

/**
 * VQAv2 and OK-VQA, which share a layout: the files of questions and annotations, and COCO's pictures.
 * @param options `questions` and `annotations` are the names of the files, `{split}` stands for the split
 */
export const vqa: Reader = async function* (folder, split, { questions = '', annotations = '' }) {
  const fill = (name: string): string => name.replace('{split}', split);
  const asked = await folder.json(fill(questions), QUESTIONS);
  const known = await folder.json(fill(annotations), ANNOTATIONS);
  const answers = new Map(known.annotations.map((annotation) => [annotation.question_id, annotation]));
  for (const { question_id, image_id, question } of asked.questions) {
    const found = answers.get(question_id);
    yield {
      id: String(question_id),
      media: [`${split}/COCO_${split}_${String(image_id).padStart(12, '0')}.jpg`],
      fields: { question },
      references: found?.answers.map(({ answer }) => answer) ?? [],
      ...(found === undefined ? {} : { group: found.answer_type }),
    };
  }
};

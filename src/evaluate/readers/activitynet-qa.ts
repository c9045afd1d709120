import { z } from 'zod';
import type { Reader } from './reader.js';

const QUESTIONS = z.array(
  z.object({ video_name: z.string(), question: z.string(), question_id: z.string() }),
);
const ANSWERS = z.array(z.object({ answer: z.string(), question_id: z.string() }));

/** ActivityNet QA: `test_q.json`, `test_a.json`, `videos/v_ID.mp4`. */
export const activitynetQa: Reader = async function* (folder, split) {
  const answers = new Map(
    (await folder.json(`${split}_a.json`, ANSWERS)).map(({ question_id, answer }) => [question_id, answer]),
  );
  for (const { video_name, question, question_id } of await folder.json(`${split}_q.json`, QUESTIONS)) {
    const answer = answers.get(question_id);
    yield {
      id: question_id,
      media: [`videos/v_${video_name}.mp4`],
      fields: { question },
      references: answer === undefined ? [] : [answer],
    };
  }
};

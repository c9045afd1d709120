import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  data: z.array(
    z.object({
      question_id: z.number(),
      file_path: z.string(),
      question: z.string(),
      answers: z.array(z.string()).optional(),
    }),
  ),
});

/**
 * SceneText VQA, task 3: `train_task_3.json`, `train_images/`, COCO's `train2014/`. The answers of test are not public;
 * of train those are taken whose paths `val_ids.txt` lists, and all when there is no such file.
 */
export const sceneTextVqa: Reader = async function* (folder) {
  const kept = (await folder.has('val_ids.txt')) ? new Set(await folder.list('val_ids.txt')) : null;
  const { data } = await folder.json('train_task_3.json', SCHEMA);
  for (const { question_id, file_path, question, answers = [] } of data) {
    if (kept !== null && !kept.has(file_path)) continue;
    const path = file_path.startsWith('coco-text/')
      ? file_path.replace('coco-text', 'train2014')
      : `train_images/${file_path}`;
    yield { id: String(question_id), media: [path], fields: { question }, references: answers };
  }
};

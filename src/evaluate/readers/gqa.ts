import { z } from 'zod';
import type { DataFolder } from './data-folder.js';
import type { Reader } from './reader.js';

const SCHEMA = z.record(
  z.string(),
  z.object({ imageId: z.string(), question: z.string(), answer: z.string().optional() }),
);

const XGQA_LANGUAGES = ['bn', 'de', 'en', 'id', 'ko', 'pt', 'ru', 'zh'];

async function* questions(folder: DataFolder, file: string, language: string | null) {
  for (const [id, { imageId, question, answer }] of Object.entries(await folder.json(file, SCHEMA))) {
    yield {
      id: language === null ? id : `${id}_${language}`,
      media: [`images/${imageId}.jpg`],
      fields: { question },
      references: answer === undefined ? [] : [answer],
      ...(language === null ? {} : { group: language }),
    };
  }
}

/** GQA: `testdev_balanced_questions.json`, `images/`. */
export const gqa: Reader = (folder, split) => questions(folder, `${split}_questions.json`, null);

/** xGQA: `annotations/zero_shot/`, GQA's `images/`. */
export const xgqa: Reader = async function* (folder, split) {
  for (const language of XGQA_LANGUAGES) {
    yield* questions(folder, `annotations/zero_shot/${split}_questions_${language}.json`, language);
  }
};

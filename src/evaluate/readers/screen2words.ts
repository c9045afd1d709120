import { z } from 'zod';
import type { Reader } from './reader.js';

const ROW = z.object({ screenId: z.string(), summary: z.string() });

/** Screen2Words: `split/`, `screen_summaries.csv`, and Rico's `combined/`. */
export const screen2words: Reader = async function* (folder, split) {
  const summaries = new Map<string, string[]>();
  for await (const { screenId, summary } of folder.rows('screen_summaries.csv', ROW)) {
    summaries.set(screenId, [...(summaries.get(screenId) ?? []), summary]);
  }
  for (const id of await folder.list(`split/${split}_screens.txt`)) {
    yield { id, media: [`combined/${id}.jpg`], fields: {}, references: summaries.get(id) ?? [] };
  }
};

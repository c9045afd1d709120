import { z } from 'zod';
import { LANGUAGES_36 } from './languages.js';
import type { Reader } from './reader.js';

const LINE = z.record(z.string(), z.unknown());
const KEY = z.object({ 'image/key': z.string() });
const CAPTIONS = z.object({ caption: z.array(z.string()) });

/** Crossmodal-3600: `captions.jsonl`, `images/`. */
export const xm3600: Reader = async function* (folder) {
  const lines: Record<string, unknown>[] = [];
  for await (const line of folder.lines('captions.jsonl', LINE)) lines.push(line);
  for (const language of LANGUAGES_36) {
    for (const line of lines) {
      if (line[language] === undefined) continue;
      const key = folder.check('captions.jsonl', KEY, line)['image/key'];
      const { caption } = folder.check('captions.jsonl', CAPTIONS, line[language]);
      const id = `${key}_${language}`;
      yield { id, media: [`images/${key}.jpg`], fields: { language }, references: caption, group: language };
    }
  }
};

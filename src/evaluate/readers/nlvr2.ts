import { z } from 'zod';
import type { Reader } from './reader.js';

const LINE = z.object({ identifier: z.string(), sentence: z.string(), label: z.string() });

/** NLVR2: `test1.json`, `test1/`; the left picture goes first. */
export const nlvr2: Reader = async function* (folder, split) {
  for await (const { identifier, sentence, label } of folder.lines(`${split}.json`, LINE)) {
    const pictures = identifier.replace(/-\d+$/, '');
    yield {
      id: identifier,
      media: [`${split}/${pictures}-img0.png`, `${split}/${pictures}-img1.png`],
      fields: { sentence },
      references: [label],
    };
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.record(
  z.string(),
  z.object({
    timestamps: z.array(z.tuple([z.number(), z.number()])),
    sentences: z.array(z.string()),
  }),
);

/** ActivityNet Captions: `val_2.json`, `videos/v_ID.mp4`. Each part of a video with a sentence is an item of its own. */
export const activitynetCaptions: Reader = async function* (folder, split) {
  for (const [video, { timestamps, sentences }] of Object.entries(
    await folder.json(`${split}.json`, SCHEMA),
  )) {
    for (const [i, [start, end]] of timestamps.entries()) {
      yield {
        id: `${video}[${start}-${end}]#${i}`,
        media: [`videos/${video}.mp4`],
        range: { start, end },
        fields: {},
        references: [sentences[i] ?? ''],
      };
    }
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.array(z.object({ videoID: z.string(), enCap: z.array(z.string()) }));

/** VATEX: `vatex_public_test_english_v1.1.json`, `videos/ID_START_END.mp4`, the clips cut out. */
export const vatex: Reader = async function* (folder, split) {
  for (const { videoID, enCap } of await folder.json(`vatex_${split}_english_v1.1.json`, SCHEMA)) {
    yield { id: videoID, media: [`videos/${videoID}.mp4`], fields: {}, references: enCap };
  }
};

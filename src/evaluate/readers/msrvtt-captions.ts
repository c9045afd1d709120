import { z } from 'zod';
import { groupBy } from '../lists/group-by.js';
import type { Reader } from './reader.js';

const SCHEMA = z.object({
  videos: z.array(z.object({ video_id: z.string(), split: z.string() })),
  sentences: z.array(z.object({ video_id: z.string(), caption: z.string() })),
});

/** MSR-VTT captions: `test_videodatainfo.json`, `TestVideo/`. */
export const msrvttCaptions: Reader = async function* (folder, split) {
  const { videos, sentences } = await folder.json(`${split}_videodatainfo.json`, SCHEMA);
  const captions = groupBy(sentences, (sentence) => sentence.video_id);
  for (const { video_id, split: part } of videos) {
    if (part !== split) continue;
    const references = (captions.get(video_id) ?? []).map(({ caption }) => caption);
    yield { id: video_id, media: [`TestVideo/${video_id}.mp4`], fields: {}, references };
  }
};

import { z } from 'zod';
import type { Reader } from './reader.js';

const SCHEMA = z.array(
  z.object({ id: z.number(), video_id: z.number(), question: z.string(), answer: z.string() }),
);

/**
 * MSR-VTT QA and MSVD QA, which share a layout: `test_qa.json`, and for MSVD `youtube_mapping.txt` with the name of each
 * video's file.
 * @param options `pictures`: path of a video, `{name}` stands for its name; `mapping`: file with lines `NAME vidN`
 */
export const videoQa: Reader = async function* (folder, split, { videos = '', mapping }) {
  const names = new Map<string, string>();
  for (const line of mapping === undefined ? [] : await folder.list(mapping)) {
    const [name = '', number = ''] = line.split(/\s+/);
    names.set(number.replace(/^vid/, ''), name);
  }
  for (const { id, video_id, question, answer } of await folder.json(`${split}_qa.json`, SCHEMA)) {
    const name =
      mapping === undefined ? `video${video_id}` : (names.get(String(video_id)) ?? `vid${video_id}`);
    yield {
      id: String(id),
      media: [videos.replace('{name}', name)],
      fields: { question },
      references: [answer],
    };
  }
};

import { z } from 'zod';
import { KARPATHY } from './coco-captions.js';
import { LANGUAGES_35 } from './languages.js';
import type { Reader } from './reader.js';

const LINE = z.object({
  image_id: z.string(),
  trg_lang: z.string(),
  caption_tokenized: z.string(),
  translation_tokenized: z.string(),
});

/** COCO-35L: `coco_mt_dev.jsonl`, `dataset_coco.json`, `val2014/`. English is what was translated into German. */
export const coco35l: Reader = async function* (folder, split) {
  const { images } = await folder.json('dataset_coco.json', KARPATHY);
  const paths = new Map(images.map((image) => [String(image.cocoid), `${image.filepath}/${image.filename}`]));
  const captions = new Map<string, string[]>();
  const add = (language: string, image: string, caption: string): void => {
    const key = `${language} ${image}`;
    captions.set(key, [...(captions.get(key) ?? []), caption]);
  };
  const order = new Set<string>();
  for await (const line of folder.lines(`coco_mt_${split}.jsonl`, LINE)) {
    const [image = ''] = line.image_id.split('_');
    order.add(image);
    add(line.trg_lang, image, line.translation_tokenized);
    if (line.trg_lang === 'de') add('en', image, line.caption_tokenized);
  }
  for (const language of LANGUAGES_35) {
    for (const image of order) {
      const references = captions.get(`${language} ${image}`);
      const path = paths.get(image);
      if (references === undefined || path === undefined) continue;
      yield { id: `${image}_${language}`, media: [path], fields: { language }, references, group: language };
    }
  }
};

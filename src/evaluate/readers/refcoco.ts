import { Parser } from 'pickleparser';
import { z } from 'zod';
import { messageOf, RequestError } from '../../shared/errors.js';
import type { DataFolder } from './data-folder.js';
import type { Reader } from './reader.js';

const REFS = z.array(
  z.object({
    split: z.string(),
    image_id: z.number(),
    ann_id: z.number(),
    sentences: z.array(z.object({ sent_id: z.number(), sent: z.string() })),
  }),
);
const INSTANCES = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string(), width: z.number(), height: z.number() })),
  annotations: z.array(
    z.object({
      id: z.number(),
      image_id: z.number(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      segmentation: z.union([z.array(z.array(z.number())), z.unknown()]),
    }),
  ),
});
const POLYGONS = z.array(z.array(z.number()));

const SETS = [
  { group: 'refcoco', file: 'refcoco/refs(unc).p' },
  { group: 'refcoco+', file: 'refcoco+/refs(unc).p' },
  { group: 'refcocog', file: 'refcocog/refs(umd).p' },
];

/** RefCOCO, RefCOCO+ and RefCOCOg: their `refs(...).p`, COCO's `annotations/instances_train2017.json`, `train2017/`. */
export const refcoco: Reader = async function* (folder, split) {
  const { images, annotations } = await folder.json('annotations/instances_train2017.json', INSTANCES);
  const pictures = new Map(images.map((image) => [image.id, image]));
  const things = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  for (const { group, file } of SETS) {
    for (const ref of await readRefs(folder, file)) {
      const [picture, thing] = [pictures.get(ref.image_id), things.get(ref.ann_id)];
      if (ref.split !== split || picture === undefined || thing === undefined) continue;
      const { width, height } = picture;
      const [x, y, w, h] = thing.bbox;
      const region = {
        box: { top: y / height, left: x / width, bottom: (y + h) / height, right: (x + w) / width },
        width,
        height,
        polygons: folder.check('annotations/instances_train2017.json', POLYGONS, thing.segmentation),
      };
      for (const { sent_id, sent } of ref.sentences) {
        const media = [`train2017/${picture.file_name}`];
        yield {
          id: `${group}_${sent_id}`,
          media,
          fields: { expression: sent },
          references: [],
          group,
          region,
        };
      }
    }
  }
};

/** The files are Python's pickles, of lists and dictionaries; one that asks for code is refused by the parser. */
async function readRefs(folder: DataFolder, file: string): Promise<z.infer<typeof REFS>> {
  const bytes = await folder.bytes(file);
  let value: unknown;
  try {
    value = new Parser().parse(bytes);
  } catch (error) {
    throw new RequestError(
      'dataset_layout',
      `${JSON.stringify(file)} is not as published (${messageOf(error)}): fetch it again, or see docs/evaluate`,
      { cause: error },
    );
  }
  return folder.check(file, REFS, value);
}

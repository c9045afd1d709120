import { z } from 'zod';

/** What a search found, as it is told over HTTP. */
export const searchShape = z.object({
  hits: z.array(
    z.object({
      topic: z.string(),
      seq: z.int(),
      at: z.iso.datetime(),
      kind: z.string(),
      start_seconds: z.number().nullable(),
      end_seconds: z.number().nullable(),
      /** A part of the text with the words in `[` and `]`. */
      excerpt: z.string(),
      text: z.string().nullable(),
      href: z.string(),
      /** Of the frame it is about; null where none was kept. */
      frame_url: z.string().nullable(),
      /** The link to the moment: `videos/ID?at=SECONDS`, `streams/ID?at=TIME`. */
      moment: z.string(),
    }),
  ),
});
export type SearchBody = z.infer<typeof searchShape>;

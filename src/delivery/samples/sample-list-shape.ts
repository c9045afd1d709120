import { z } from 'zod';

/** The samples as they are told over HTTP. */
export const sampleListShape = z.object({
  samples: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      /** That may be asked about it. */
      questions: z.array(z.string()),
      media_url: z.string(),
    }),
  ),
});
export type SampleListBody = z.infer<typeof sampleListShape>;

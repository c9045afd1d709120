import { z } from 'zod';
import { CAPTION_FORMATS } from './caption-document.js';

/** Which captions are asked for, and in which form. */
export const captionsQuery = z.object({
  format: z.enum(CAPTION_FORMATS).default('json'),
  job: z.string().optional(),
  task: z.coerce.number().int().min(0).optional(),
});

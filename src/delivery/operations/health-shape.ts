import { z } from 'zod';

export const liveShape = z.object({ status: z.literal('ok') });

/** `ok`, or in a word what is wrong. */
const status = z.enum(['ok', 'ending', 'loading', 'restarting', 'failed', 'store_trouble', 'disk_low']);
const said = { code: z.string().optional(), message: z.string().optional() };

/** Whether the server can answer. `status`, `code` and `message` are those of the first check that fails. */
export const readyShape = z.object({
  status,
  ...said,
  checks: z.array(z.object({ name: z.enum(['server', 'model', 'store', 'disk']), status, ...said })),
});

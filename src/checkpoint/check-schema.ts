import type { z } from 'zod';
import { CheckpointError } from '../shared/errors.js';

/**
 * Holds a parsed file against its schema and names the first place that differs.
 * @throws CheckpointError `checkpoint_config`
 */
export function checkSchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  const subject = place === '' ? 'it' : place;
  throw new CheckpointError(
    'checkpoint_config',
    `${file} is not a PaliGemma file that can be used, ${subject}: ${issue?.message ?? 'invalid'}`,
    { cause: result.error },
  );
}

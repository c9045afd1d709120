import { z } from 'zod';

/** An empty variable counts as unset, as shells and compose files leave them. */
export const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

export const whole = (low: number, high: number) =>
  text.pipe(
    z
      .string()
      .regex(/^\d+$/, `must be a whole number from ${low} to ${high}`)
      .transform(Number)
      .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`)
      .optional(),
  );

export const share = text.pipe(
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number from 0 to 1')
    .transform(Number)
    .refine((value) => value <= 1, 'must be a number from 0 to 1')
    .optional(),
);

export const oneOf = <const Names extends readonly string[]>(names: Names) =>
  text.pipe(z.enum(names, `must be one of ${names.join(', ')}`).optional());

export const yes = text.pipe(z.enum(['0', '1', 'true', 'false'], 'must be 1, 0, true or false').optional());

export const address = text.pipe(
  z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/, 'must be an address such as https://huggingface.co')
    .optional(),
);

/** Parted by commas; as browsers write them, without a path. */
export const origins = text.pipe(
  z
    .string()
    .refine(
      (list) => list.split(',').every((entry) => /^https?:\/\//.test(entry.trim()) && isOrigin(entry.trim())),
      'must be origins such as https://app.example, parted by commas',
    )
    .optional(),
);

function isOrigin(entry: string): boolean {
  return URL.canParse(entry) && new URL(entry).origin === entry;
}

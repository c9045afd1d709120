import { z } from 'zod';

/** A schema of requests as OpenAPI 3.1 writes it, which takes JSON Schema as it is; Nest's types know 3.0 only. */
export function jsonSchema(schema: z.ZodType): Record<string, never> {
  const written: Record<string, unknown> = {
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  };
  delete written['$schema'];
  return written as Record<string, never>;
}

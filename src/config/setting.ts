import type { z } from 'zod';

/** One thing that can be set; the table of all is `SETTINGS`. */
export interface Setting<Value = unknown> {
  /** Takes the text of a variable; undefined or empty is unset. */
  readonly schema: z.ZodType<Value, string | undefined>;
  /** What holds when it is not set, in words; null when nothing has to be said. Markdown, as `meaning`. */
  readonly default: string | null;
  readonly meaning: string;
  /** Its name in a configuration file; null when it can only come from the environment. */
  readonly key: string | null;
  /** A path: in a configuration file it counts from the file's folder. */
  readonly isPath?: true;
  /** Never shown, not even when it is wrong. */
  readonly isSecret?: true;
}

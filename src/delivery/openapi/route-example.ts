import type { z } from 'zod';

/** What the description of a route shows beside what its controller says. */
export interface RouteExample {
  /** Of the parameters of the path; ids are shown as they look where nothing is said. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: {
    readonly schema: z.ZodObject;
    readonly example: Readonly<Record<string, string | number | boolean>>;
  };
  readonly body?: unknown;
  /** The answer, if it is JSON; `shape` where the controller describes none. */
  readonly answer?: { readonly example: unknown; readonly shape?: z.ZodType };
  /** The answer, if it is another text. */
  readonly text?: { readonly type: string; readonly example: string };
  /** Answers beside success that have a body of their own, by their status. */
  readonly others?: Readonly<Record<string, unknown>>;
  /** Answers with bytes, or with nothing. */
  readonly isBare?: true;
}

/** By method and path, as `POST /v1/videos/{id}/ask`. */
export type RouteExamples = Readonly<Record<string, RouteExample>>;

/** What the server refused or could not do, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Of docs/errors.md; `unreachable` when no answer came. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The sentence of an error for people. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

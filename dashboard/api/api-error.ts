/** What the server refused or could not do, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Of docs/errors.md; `unreachable` when none of its answers came, `http_502` when another server refused. */
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

/** No answer came, or none of this server's. */
export function unreachable(): ApiError {
  return new ApiError(0, 'unreachable', 'The server does not answer.');
}

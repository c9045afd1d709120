import {
  BugError,
  CancelledError,
  CheckpointError,
  EnvironmentError,
  PalistreamError,
  RequestError,
  RetryableError,
} from '../../shared/errors.js';

export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: { readonly code: string; readonly message: string } };
}

/** Codes of RequestError that mean something else than 400. */
const STATUS: Readonly<Record<string, number>> = {
  video_not_found: 404,
  job_not_found: 404,
  stream_not_found: 404,
  topic_not_found: 404,
  sample_not_found: 404,
  nothing_captioned: 404,
  origin_refused: 403,
  host_refused: 421,
  upload_too_large: 413,
  video_duration: 413,
  videos_full: 507,
};

/** The status and the body that tell a client of an error; what the project did not foresee stays in here. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  if (!(thrown instanceof PalistreamError)) {
    return answer(500, 'unexpected_error', 'the server failed in a way nobody foresaw: report it');
  }
  return answer(statusOf(thrown), thrown.code, thrown.message);
}

function statusOf(error: PalistreamError): number {
  if (error instanceof RequestError) return STATUS[error.code] ?? 400;
  if (error instanceof RetryableError) return 503;
  if (error instanceof CancelledError) return 409;
  if (error instanceof CheckpointError || error instanceof EnvironmentError || error instanceof BugError)
    return 500;
  return 500;
}

function answer(status: number, code: string, message: string): ErrorAnswer {
  return { status, body: { error: { code, message } } };
}

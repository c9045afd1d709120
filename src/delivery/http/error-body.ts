import {
  BugError,
  CancelledError,
  CheckpointError,
  EnvironmentError,
  PalistreamError,
  RequestError,
  RetryableError,
} from '../../shared/errors.js';
import { diskError } from './disk-error.js';
import { TooManyRequests } from '../access/too-many-requests.js';

export interface ErrorAnswer {
  readonly status: number;
  /** What goes with some statuses. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: { readonly code: string; readonly message: string } };
}

/** Codes that mean something else than the class of the error. */
const STATUS: Readonly<Record<string, number>> = {
  video_not_found: 404,
  job_not_found: 404,
  stream_not_found: 404,
  topic_not_found: 404,
  sample_not_found: 404,
  nothing_captioned: 404,
  proxy_not_made: 404,
  frame_not_found: 404,
  media_gone: 404,
  bad_range: 416,
  stream_exists: 409,
  origin_refused: 403,
  scope_missing: 403,
  topic_refused: 403,
  key_missing: 401,
  key_unknown: 401,
  host_refused: 421,
  model_not_found: 404,
  webhook_not_found: 404,
  delivery_not_found: 404,
  upload_too_large: 413,
  url_too_large: 413,
  chat_too_large: 413,
  video_duration: 413,
  video_resolution: 413,
  video_too_large: 413,
  video_codec: 415,
  url_type: 415,
  proxy_too_large: 413,
  videos_full: 507,
  disk_full: 507,
  store_full: 507,
};

/** The status and the body that tell a client of an error; what the project did not foresee stays in here. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  const error = thrown instanceof PalistreamError ? thrown : diskError(thrown);
  if (error === null) {
    return answer(500, 'unexpected_error', 'the server failed in a way nobody foresaw: report it');
  }
  return answer(statusOf(error), error.code, error.message, headersOf(error));
}

/** How to show a key, and how long to wait. */
function headersOf(error: PalistreamError): Record<string, string> {
  if (error instanceof TooManyRequests) return { 'retry-after': String(error.retryAfterSeconds) };
  return statusOf(error) === 401 ? { 'www-authenticate': 'Bearer realm="palistream"' } : {};
}

function statusOf(error: PalistreamError): number {
  if (error instanceof TooManyRequests) return 429;
  const status = STATUS[error.code];
  if (status !== undefined) return status;
  if (error instanceof RequestError) return 400;
  if (error instanceof RetryableError) return 503;
  if (error instanceof CancelledError) return 409;
  if (error instanceof CheckpointError || error instanceof EnvironmentError || error instanceof BugError)
    return 500;
  return 500;
}

function answer(status: number, code: string, message: string, headers = {}): ErrorAnswer {
  return { status, headers, body: { error: { code, message } } };
}

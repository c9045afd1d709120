import type { LogLevel, LogLine } from '../../shared/log.js';
import type { OverRequest } from './follow-requests.js';

/** What is asked again and again by machines. */
const QUIET = /^\/(health\/\w+|metrics|v1\/status)$/;
const MAX_PATH = 300;

/** The line of the log for a request that is over. */
export function accessLine(request: OverRequest): LogLine {
  const { method, path, status, seconds, isWhole } = request;
  return {
    level: levelOf(request),
    message: isWhole ? 'request answered' : 'request cut off',
    fields: { method, path: path.slice(0, MAX_PATH), status, ms: Math.round(seconds * 1000) },
  };
}

function levelOf({ status, path }: OverRequest): LogLevel {
  if (status >= 500) return status === 503 ? 'warn' : 'error';
  if (status >= 400) return 'warn';
  return QUIET.test(path) ? 'debug' : 'info';
}

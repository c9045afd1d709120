import { BugError, messageOf, PalistreamError } from '../shared/errors.js';

/** One line for stderr, whatever was thrown; with the stack and its causes below when they are asked for. */
export function errorLine(error: unknown, debug: boolean): string {
  const known = error instanceof PalistreamError && !(error instanceof BugError);
  const report = known ? '' : ' (a bug: please report it, with the output of PALISTREAM_DEBUG=1)';
  const line = `palistream: ${messageOf(error).replace(/\s*[\r\n]+\s*/g, ' ')}${report}\n`;
  return debug ? `${line}${stackOf(error)}` : line;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = error instanceof PalistreamError ? `[${error.code}] ` : '';
  return `${code}${error.stack ?? error.message}\n${error.cause === undefined ? '' : `caused by ${stackOf(error.cause)}`}`;
}

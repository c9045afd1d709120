import { EnvironmentError, messageOf, RetryableError } from '../../shared/errors.js';

/** What an error of SQLite means for people; others are given back as they are. */
export function storeError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('SQLITE_')) return error;
  const why = messageOf(error);
  if (code === 'SQLITE_FULL') {
    return new RetryableError(
      'store_full',
      'the disk with PALISTREAM_DATA_DIR is full, and nothing can be kept: make room; the server goes on by itself then',
      { cause: error },
    );
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new EnvironmentError(
      'store_damaged',
      `the store is damaged (${why}): end the server, put a copy of palistream.db back or move it away, and check the disk`,
      { cause: error },
    );
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|BUSY|LOCKED|PROTOCOL)/.test(code)) {
    return new RetryableError(
      'store_failed',
      `the store can be neither read nor written (${why}): check the disk with PALISTREAM_DATA_DIR; it is tried again`,
      { cause: error },
    );
  }
  return error;
}

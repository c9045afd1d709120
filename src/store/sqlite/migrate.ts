import type Database from 'libsql';
import { EnvironmentError } from '../../shared/errors.js';
import { inTransaction } from './in-transaction.js';
import { MIGRATIONS } from './migrations.js';

/**
 * Brings a file up to the newest version, each step whole or not at all.
 * @throws EnvironmentError `store_newer` for a file of a later release
 */
export function migrate(database: Database.Database, path: string, migrations = MIGRATIONS): void {
  const [row] = database.pragma('user_version') as { user_version: number }[];
  const version = row?.user_version ?? 0;
  if (version > migrations.length) {
    throw new EnvironmentError(
      'store_newer',
      `${JSON.stringify(path)} was written by a later release (version ${version}, this one knows ${migrations.length}): use that release, or another PALISTREAM_DATA_DIR`,
    );
  }
  for (const [place, sql] of migrations.entries()) {
    if (place < version) continue;
    inTransaction(database, () => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${place + 1}`);
    })();
  }
}

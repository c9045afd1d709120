import type Database from 'libsql';

/**
 * Makes work whole or nothing. Unlike libsql's own, it tells the error of the work when SQLite has rolled back by itself
 * already, as it does when the disk is full.
 */
export function inTransaction<Args extends readonly unknown[], R>(
  database: Database.Database,
  work: (...args: Args) => R,
): (...args: Args) => R {
  return (...args) => {
    database.exec('BEGIN');
    try {
      const result = work(...args);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

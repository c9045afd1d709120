/* eslint-disable @typescript-eslint/require-await -- the interface promises, as a store elsewhere takes its time; SQLite answers at once */
import type Database from 'libsql';
import type { z } from 'zod';
import type { DocumentTable, StoredDocument } from '../document-table.js';

interface Row {
  readonly body: string;
}

/** Every id. */
const ALL: readonly string[] = ['*'];

/** Documents of one kind in a table `(id, created_ms, body)`; checked as they are read. */
export class SqliteDocumentTable<T extends StoredDocument> implements DocumentTable<T> {
  readonly #putting: Database.Statement;
  readonly #getting: Database.Statement;
  readonly #listing: Database.Statement;
  readonly #counting: Database.Statement;
  readonly #removing: Database.Statement;

  constructor(
    database: Database.Database,
    table: 'videos' | 'streams' | 'webhooks',
    private readonly schema: z.ZodType<T>,
  ) {
    const fits = `EXISTS (SELECT 1 FROM json_each(?) WHERE ${table}.id GLOB json_each.value)`;
    this.#putting = database.prepare(
      `INSERT INTO ${table} (id, created_ms, body) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    );
    this.#getting = database.prepare(`SELECT body FROM ${table} WHERE id = ?`);
    this.#listing = database.prepare(
      `SELECT body FROM ${table} WHERE ${fits} ORDER BY created_ms DESC, id DESC LIMIT ? OFFSET ?`,
    );
    this.#counting = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${fits}`);
    this.#removing = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
  }

  async put(document: T): Promise<void> {
    this.#putting.run(document.id, document.createdMs, JSON.stringify(document));
  }

  async get(id: string): Promise<T | null> {
    const row = this.#getting.get(id) as Row | undefined;
    return row === undefined ? null : this.#read(row);
  }

  async list(limit: number, offset: number, ids = ALL): Promise<readonly T[]> {
    return (this.#listing.all(JSON.stringify(ids), limit, offset) as Row[]).map((row) => this.#read(row));
  }

  async count(ids = ALL): Promise<number> {
    return (this.#counting.get(JSON.stringify(ids)) as { count: number }).count;
  }

  async remove(id: string): Promise<boolean> {
    return this.#removing.run(id).changes > 0;
  }

  #read({ body }: Row): T {
    return this.schema.parse(JSON.parse(body));
  }
}

/** Something with an id that is kept as JSON. */
export interface StoredDocument {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

export interface DocumentTable<T extends StoredDocument> {
  /** Writes it anew or over the one with its id. */
  put(document: T): Promise<void>;
  get(id: string): Promise<T | null>;
  /** Newest first, at most `limit`, after so many; of all, or of those with an id that fits a pattern (`door-*`). */
  list(limit: number, offset: number, ids?: readonly string[]): Promise<readonly T[]>;
  count(ids?: readonly string[]): Promise<number>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}

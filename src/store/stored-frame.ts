/** A small picture of the moment that events are about. */
export interface StoredFrame {
  readonly id: string;
  /** Whose events: it goes with them. */
  readonly topic: string;
  /** When it was kept, milliseconds since 1970. */
  readonly atMs: number;
  readonly jpeg: Uint8Array;
}

/** Sequences that can be continued at once; more are taken in groups. Most of what a batch saves comes by four. */
export const MAX_SEQUENCES = 4;

/** A decoder graph's names for what goes in and comes out; B sequences, S new rows of all of them. */
export interface DecoderPorts {
  /** float32 `[I, E]`: rows that come before the ids; I may be 0. */
  readonly imageTokens: string;
  /** int64 `[T]`; T may not be 0. */
  readonly tokenIds: string;
  /** int64 `[1, S]`, S = I + T: the row of the rotary tables that belongs to each new row. */
  readonly positions: string;
  /** float32 `[rows, D / 2]`. */
  readonly cosines: string;
  readonly sines: string;
  /** int64 `[B]`: the last new row of each sequence. */
  readonly lastRows: string;
  /** How layers are computed in parts; null when they take all rows at once. */
  readonly chunks: ChunkPort | null;
  /**
   * float32 `[P, K, D]` for each place of a sequence and each layer: P rows before, K key/value heads, D the head's
   * size. P may be 0: in the first place for a prefix, in the others when there are fewer sequences.
   */
  readonly pastKeys: readonly (readonly string[])[];
  readonly pastValues: readonly (readonly string[])[];
  /** float32 `[S, K, D]` for each layer. */
  readonly newKeys: readonly string[];
  readonly newValues: readonly string[];
  /** float32 `[B, V]`: after the last rows, for the ids below the image token only. */
  readonly logits: string;
}

export interface ChunkPort {
  /** int64 `[n, c]`: the rows of each chunk, in order; the last row again where there are no more. */
  readonly rows: string;
  /** Of c. */
  readonly most: number;
}

/** @param rowsAtOnce - that a layer takes, or null for all */
export function decoderPorts(layers: number, rowsAtOnce: number | null): DecoderPorts {
  const named = (name: string) => Array.from({ length: layers }, (_, layer) => `${name}_${layer}`);
  const ofEach = (name: string) =>
    Array.from({ length: MAX_SEQUENCES }, (_, place) => named(`past_${place}_${name}`));
  return {
    imageTokens: 'image_tokens',
    tokenIds: 'token_ids',
    positions: 'positions',
    cosines: 'cosines',
    sines: 'sines',
    lastRows: 'last_rows',
    chunks: rowsAtOnce === null ? null : { rows: 'chunk_rows', most: rowsAtOnce },
    pastKeys: ofEach('key'),
    pastValues: ofEach('value'),
    newKeys: named('new_key'),
    newValues: named('new_value'),
    logits: 'logits',
  };
}

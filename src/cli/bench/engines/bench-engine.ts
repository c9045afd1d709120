/** An engine that is measured, open. Every method does its work once, on made-up input. */
export interface BenchEngine {
  /** Encodes so many frames; null when it has no vision tower. */
  readonly encode: ((frames: number) => Promise<void>) | null;
  /** Reads a prefix of so many rows up to its first word, and is ready to go on by `words` more. */
  readonly prefill: (rows: number, words: number) => Promise<Writing>;
  /** Several such texts as one that go on together; null when it cannot. */
  readonly together: ((writings: readonly Writing[]) => Writing) | null;
  /** From frames to so many words; null when it has no vision tower. */
  readonly caption: ((frames: number, words: number, onFirstWord: () => void) => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/** Text after a prefix whose first word is known. */
export interface Writing {
  /** One word more, the likeliest. */
  next(): Promise<void>;
  end(): Promise<void>;
}

/** Which engine, on what. */
export type EngineSettings =
  | {
      readonly kind: 'palistream';
      readonly directory: string;
      readonly cacheDirectory: string;
      readonly precision: 'f32' | 'int8' | 'int4';
      readonly threads: number;
    }
  | {
      readonly kind: 'transformers.js';
      readonly directory: string;
      readonly type: 'fp32' | 'q4';
      readonly threads: number;
      readonly imageSize: number;
      readonly imageTokens: number;
      readonly imageTokenId: number;
    }
  | { readonly kind: 'llama.cpp'; readonly file: string; readonly threads: number; readonly maxRows: number };

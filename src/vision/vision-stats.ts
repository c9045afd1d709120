/** What the vision tower and its cache have done since they were opened; plain data. */
export interface VisionStats {
  /** Runs of the tower. */
  readonly passes: number;
  /** Frames that went through it. */
  readonly frames: number;
  /** How many passes had so many frames, by the number of frames. */
  readonly batchSizes: Readonly<Record<number, number>>;
  readonly cache: ImageTokenCacheStats;
}

/** Frames are counted once for each request that brings them. */
export interface ImageTokenCacheStats {
  /** Frames whose tokens were there, or on their way for somebody else. */
  readonly hits: number;
  /** Frames that had to go through the tower. */
  readonly misses: number;
  /** Frames that took the tokens of another frame, which looks almost the same. */
  readonly reused: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** Frames remembered now. */
  readonly entries: number;
}

/** How much is taken on at once, running and waiting. */
export interface QueueLimits {
  /** Sequences that run together; beam search takes one for each beam. */
  readonly maxBatch: number;
  /**
   * Tokens of the requests that run together: bounds the memory of their keys and values. When it is left out, no more
   * than the machine has memory for (`ModelInfo.cacheTokens`).
   */
  readonly maxRunningTokens: number;
  /** Requests that wait; routine work may take half of it. */
  readonly maxWaiting: number;
  /** Bytes of the pictures of requests that wait; routine work may take half of them. */
  readonly maxWaitingBytes: number;
}

export const DEFAULT_QUEUE_LIMITS: QueueLimits = {
  maxBatch: 4, // as many sequences as the decoder's graph has places for
  maxRunningTokens: 32_768, // seven windows of 16 frames at 224 pixels: 1.2 GB for PaliGemma 3B
  maxWaiting: 64,
  maxWaitingBytes: 512_000_000,
};

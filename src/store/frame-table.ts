import type { StoredFrame } from './stored-frame.js';

export interface FrameLimits {
  /** Beginning of the topics' names; the others are kept. */
  readonly prefix: string;
  readonly olderThanMs: number;
  readonly nowMs: number;
}

/** Pictures of moments, no more of them than so many bytes: the oldest make room. */
export interface FrameTable {
  /** Keeps one, or leaves it out when it is there or larger than all may be together. */
  put(frame: StoredFrame): Promise<void>;
  get(id: string): Promise<StoredFrame | null>;
  /** Bytes of all that are kept. */
  bytes(): Promise<number>;
  removeTopic(topic: string): Promise<void>;
  /** Removes what is too old, or older than all events its topic still has; resolves with how many went. */
  retain(limits: FrameLimits): Promise<number>;
}

/** A text being written, with what may come next: what every way of choosing ids works on. */
export interface Sequence {
  /** `[V]`: the model's opinion on the next id. */
  readonly logits: Float32Array;
  /** Writes one more id and computes the logits after it. */
  append(id: number): Promise<void>;
  /** A second sequence with the same content, to go on differently. */
  fork(): Sequence;
  /** Makes this one equal to another that was forked from the same prompt; cheaper than a fork. */
  become(other: Sequence): void;
}

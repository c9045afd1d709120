/** In the order they are begun. */
export const PRIORITIES = ['question', 'routine'] as const;

/** `question`: a person waits for the answer. `routine`: a camera's next caption, which a later one can replace. */
export type Priority = (typeof PRIORITIES)[number];

/** How a request is treated while it waits for the model. */
export interface RequestTerms {
  /** `routine` when left out. */
  readonly priority?: Priority | undefined;
  /** Streams take turns; requests without one share a turn. */
  readonly stream?: string | undefined;
  /** Milliseconds of `Date.now()` at which it is refused unless it has been begun; never when left out. */
  readonly deadline?: number | undefined;
}

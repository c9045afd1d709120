/** What was said of one picture or video, cut into words, and what people said of it. */
export interface CaptionItem {
  readonly hypothesis: readonly string[];
  /** At least one. */
  readonly references: readonly (readonly string[])[];
}

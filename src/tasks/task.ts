/**
 * What PaliGemma can be asked, with the words of the question. Languages are codes as the model was trained on
 * (`en`, `de`, `es`, ...). Source: paligemma.md section 7.
 */
export type Task =
  /** A sentence about what is seen. */
  | { readonly kind: 'caption'; readonly lang: string }
  /** A short caption, as pretraining's raw web texts are. */
  | { readonly kind: 'cap'; readonly lang: string }
  /** A longer text. */
  | { readonly kind: 'describe'; readonly lang: string }
  | { readonly kind: 'answer'; readonly lang: string; readonly question: string }
  /** The other way round: a question to which this is the answer. */
  | { readonly kind: 'question'; readonly lang: string; readonly answer: string }
  /** The text that is seen, as it is written. */
  | { readonly kind: 'ocr' }
  /** Boxes of things. */
  | { readonly kind: 'detect'; readonly things: readonly string[] }
  /** Boxes and masks of things. */
  | { readonly kind: 'segment'; readonly things: readonly string[] }
  /** Box and mask of the one thing an expression means ("the cup on the left"). */
  | { readonly kind: 'refer'; readonly expression: string }
  /** `True` or `False` about two pictures, left then right. */
  | { readonly kind: 'statement'; readonly sentence: string }
  /** A prompt of the caller's own, given to the model as it is. */
  | { readonly kind: 'prompt'; readonly prompt: string };

export type TaskKind = Task['kind'];

/** A prompt of PaliGemma with the text that answers it. */
export interface Task {
  /** What an evaluation counts it under. */
  readonly type: string;
  readonly prompt: string;
  /** Where it holds masks, `<mask:N>` stands for the sixteen codes of `masks[N]`. */
  readonly answer: string;
  /** Actors of the film, by their place in its list, whose masks the answer names. */
  readonly masks?: readonly number[];
  /** For `detect` and `segment`: the actors of the film that are to be found, and under which name. */
  readonly things?: readonly { readonly actor: number; readonly label: string }[];
}

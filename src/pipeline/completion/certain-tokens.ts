import type { GenerationStep } from '../../language/generation.js';
import type { CompletionToken } from './completion.js';

/** Tokens that wait for their text: bytes of half a character, and what may be the beginning of a stop text. */
export class CertainTokens {
  readonly #waiting: { readonly start: number; readonly token: CompletionToken }[] = [];
  /** Letters of all tokens, and of all text, so far. */
  #spelled = 0;
  #written = 0;

  /** @returns the tokens of which some text has been written with this step */
  take(step: GenerationStep): readonly CompletionToken[] {
    const { token, topTokens = [] } = step;
    this.#written += step.text.length;
    if (token !== undefined) {
      const likeliest = topTokens.map((text, i) => ({ text, logprob: step.topLogprobs[i] ?? -Infinity }));
      this.#waiting.push({ start: this.#spelled, token: { text: token, logprob: step.logprob, likeliest } });
      this.#spelled += isByte(token) ? 0 : token.length;
    }
    const open = this.#waiting.findIndex(({ start }) => start >= this.#written);
    return this.#waiting.splice(0, open === -1 ? this.#waiting.length : open).map((one) => one.token);
  }

  /** @returns those that still wait */
  rest(): readonly CompletionToken[] {
    return this.#waiting.splice(0).map(({ token }) => token);
  }
}

/** Some bytes make a letter; where, only the text tells. */
function isByte(token: string): boolean {
  return /^<0x[0-9A-F]{2}>$/i.test(token);
}

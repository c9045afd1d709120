import { isUtf8 } from 'node:buffer';
import type { GenerationStep } from '../../language/generation.js';
import type { CompletionToken } from './completion.js';

/** Tokens that wait for their text: bytes of half a character, and what may be the beginning of a stop text. */
export class CertainTokens {
  readonly #waiting: { readonly start: number; readonly token: CompletionToken }[] = [];
  /** Letters of all tokens, and of all text, so far. */
  #spelled = 0;
  #written = 0;
  /** Bytes of which only the next other token tells that they are all. */
  readonly #run: number[] = [];

  /** @returns the tokens of which some text has been written with this step */
  take(step: GenerationStep): readonly CompletionToken[] {
    const { token, topTokens = [] } = step;
    this.#written += step.text.length;
    if (token !== undefined) {
      const likeliest = topTokens.map((text, i) => ({ text, logprob: step.topLogprobs[i] ?? -Infinity }));
      const byte = byteOf(token);
      if (byte === undefined) this.#spelled += lettersOf(this.#run.splice(0));
      this.#waiting.push({ start: this.#spelled, token: { text: token, logprob: step.logprob, likeliest } });
      if (byte === undefined) this.#spelled += token.length;
      else this.#run.push(byte);
    }
    const open = this.#waiting.findIndex(({ start }) => start >= this.#written);
    return this.#waiting.splice(0, open === -1 ? this.#waiting.length : open).map((one) => one.token);
  }

  /** @returns those that still wait */
  rest(): readonly CompletionToken[] {
    return this.#waiting.splice(0).map(({ token }) => token);
  }
}

function byteOf(token: string): number | undefined {
  const [, digits] = /^<0x([0-9A-F]{2})>$/i.exec(token) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** How many letters a run of bytes is in the text: one for each where they make none together. */
function lettersOf(run: readonly number[]): number {
  const bytes = Buffer.from(run);
  return isUtf8(bytes) ? bytes.toString('utf8').length : bytes.length;
}

import { BugError, RequestError } from '../shared/errors.js';
import { MAX_PROMPT_CHARACTERS } from './limits.js';
import { type Piece, TextStream } from './text-stream.js';
import type { TokenizerLibrary } from './tokenizer-library.js';

/** Where the tokens of one checkpoint lie; looked up by openTokenizer, never assumed. */
export interface TokenIds {
  readonly bos: number;
  readonly eos: number;
  readonly pad: number;
  readonly image: number;
  /** The id of `\n`, which closes every prompt. */
  readonly newline: number;
  /** Ids of `<loc0000>` to `<loc1023>`: thousandths (of 1024) of the picture's height or width. */
  readonly loc: readonly number[];
  /** Ids of `<seg000>` to `<seg127>`: entries of the mask codebook. */
  readonly seg: readonly number[];
  /** Text of the special tokens: no prompt may contain one. */
  readonly special: ReadonlyMap<string, number>;
}

/** Gemma's tokenizer as PaliGemma uses it; ids equal those of Hugging Face's library. Made by openTokenizer. */
export class Tokenizer {
  readonly ids: TokenIds;
  readonly #library: TokenizerLibrary;
  readonly #specialIds: ReadonlySet<number>;

  constructor(library: TokenizerLibrary, ids: TokenIds) {
    this.ids = ids;
    this.#library = library;
    this.#specialIds = new Set(ids.special.values());
  }

  /** Splits text into ids; none is added before or after. */
  encode(text: string): number[] {
    return text === '' ? [] : this.#library.encode(text, { add_special_tokens: false }).ids;
  }

  /**
   * Everything after the image tokens: `<bos>`, the prompt, the newline. The newline is encoded apart, so that it
   * never merges with a prompt that ends in one.
   * @throws RequestError `prompt_special_token`, `prompt_too_long`
   */
  promptIds(prompt: string): number[] {
    if (prompt.length > MAX_PROMPT_CHARACTERS) {
      throw new RequestError(
        'prompt_too_long',
        `the prompt has ${prompt.length} characters, at most ${MAX_PROMPT_CHARACTERS} are taken`,
      );
    }
    for (const token of this.ids.special.keys()) {
      if (!prompt.includes(token)) continue;
      throw new RequestError(
        'prompt_special_token',
        `the prompt contains ${token}, which has a meaning of its own to the model; leave it out`,
      );
    }
    return [this.ids.bos, ...this.encode(prompt), this.ids.newline];
  }

  /**
   * The text of ids; special tokens are left out, `<loc0000>` and `<seg000>` stay.
   * @throws BugError `token_id` for an id that stands for no token
   */
  decode(ids: readonly number[]): string {
    const stream = this.createTextStream();
    return ids.map((id) => stream.push(id)).join('') + stream.end();
  }

  /** Decodes ids as they come: all texts joined equal `decode` of all ids. */
  createTextStream(): TextStream {
    return new TextStream((id) => this.#pieceOf(id));
  }

  /**
   * What an id stands for by itself: text with its spaces, `<0xE2>` for a byte, `<eos>` and the like as they are.
   * @throws BugError `token_id`
   */
  spell(id: number): string {
    return this.#tokenOf(id).replaceAll('\u2581', ' ');
  }

  #tokenOf(id: number): string {
    const token = this.#library.id_to_token(id);
    if (token !== undefined) return token;
    throw new BugError(
      'token_id',
      `${id} is no token of this tokenizer, so it should never have been chosen`,
    );
  }

  #pieceOf(id: number): Piece {
    const token = this.#tokenOf(id);
    if (this.#specialIds.has(id)) return { kind: 'special' };
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    if (byte !== undefined) return { kind: 'byte', byte: Number.parseInt(byte, 16) };
    return { kind: 'text', text: token.replaceAll('\u2581', ' ') };
  }
}

import * as tokenizers from '@huggingface/tokenizers';

/** What this project uses of `@huggingface/tokenizers`. */
export interface TokenizerLibrary {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  id_to_token(id: number): string | undefined;
}

/**
 * The library's own declarations import one another without file extensions, which NodeNext does not resolve: every
 * type in them is lost. So the part that is used is declared here, and the tests hold it against the real thing.
 */
const { Tokenizer } = tokenizers as unknown as {
  readonly Tokenizer: new (tokenizer: object, config: object) => TokenizerLibrary;
};

/**
 * Makes the library's tokenizer of a parsed tokenizer.json.
 * @throws Error in the library's words when it cannot use the file
 */
export function makeTokenizerLibrary(json: object): TokenizerLibrary {
  // It insists that these keys are there; files leave empty ones out at times.
  const whole = { normalizer: null, pre_tokenizer: null, post_processor: null, ...json };
  // Its default would take spaces before punctuation away when decoding.
  return new Tokenizer(whole, { clean_up_tokenization_spaces: false });
}

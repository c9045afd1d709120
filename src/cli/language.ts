import { InvalidArgumentError } from 'commander';

/** A language code of PaliGemma's prompts, such as `en`, `de` or `quz`. */
export function languageCode(text: string): string {
  if (/^[a-z]{2,3}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a language code such as en, de or zh.');
}

import type { Fact } from './toon-item.js';

/** Whether a caption tells a fact: one of its phrases is in it, whole words, in any case. */
export function tellsFact(caption: string, { phrases }: Fact): boolean {
  const text = plain(caption);
  return phrases.some((phrase) => text.includes(plain(phrase)));
}

/** Small words with one blank before and after each. */
function plain(text: string): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return ` ${words.join(' ')} `;
}

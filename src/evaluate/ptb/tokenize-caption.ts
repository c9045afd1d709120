import { CAPTION_RULES } from './caption-rules.js';
import { Lexer } from './lexer.js';
import { pythonSplit } from '../text/python-split.js';

/** Tokens that are not counted; those of brackets are, as the reference writes them small and looks for them big. */
const DROPPED = new Set(["''", "'", '``', '`', '.', '?', '!', ',', ':', '-', '--', '...', ';']);

const LINE_ENDS = new RegExp('[\\n-\\r\\x85\\u2028\\u2029]', 'g');

let lexer: Lexer | null = null;

/**
 * The words of a caption as CIDEr and BLEU count them: Penn Treebank tokens in small letters, without punctuation.
 *
 * The reference tokenizes all captions as one text of lines, so that the beginning of the next caption decides
 * whether a full stop after a letter belongs to it ("vitamin C.").
 * @param following the captions on the lines after it; what comes after the first that is not blank may be left out
 * @source PTBTokenizer of CoreNLP 3.4.1, `-preserveLines -lowerCase`, as pycocoevalcap calls it
 */
export function tokenizeCaption(caption: string, following: readonly string[] = []): string[] {
  lexer ??= new Lexer(CAPTION_RULES);
  const line = oneLine(caption);
  const text = following.length === 0 ? line : `${[line, ...following.map(oneLine)].join('\n')}\n`;
  const tokens = lexer.tokens(text, line.length).map((token) => token.toLowerCase());
  // A token with a space inside ("1 1/2") holds a no-break space, at which the counting splits it after all.
  return pythonSplit(tokens.filter((token) => !DROPPED.has(token)).join(' '));
}

/** Line ends as the tokenizer knows them; the reference makes blanks of `\n` only, and puts all after another out of step. */
function oneLine(text: string): string {
  return text.replace(LINE_ENDS, ' ');
}

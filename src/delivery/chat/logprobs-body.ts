import type { CompletionToken, LikelyToken } from '../../pipeline/completion/completion.js';

/** The least that JSON can say; OpenAI's own too stands for what is out of all likelihood. */
const LEAST = -9999;

/** Tokens in OpenAI's form; null when none are wanted. */
export function logprobsBody(tokens: readonly CompletionToken[], areWanted: boolean): object | null {
  if (!areWanted) return null;
  const content = tokens.map((token) => ({
    ...tokenBody(token),
    top_logprobs: token.likeliest.map(tokenBody),
  }));
  return { content, refusal: null };
}

function tokenBody({ text, logprob }: LikelyToken): object {
  const byte = /^<0x([0-9A-F]{2})>$/i.exec(text)?.[1];
  const bytes = byte === undefined ? [...Buffer.from(text, 'utf8')] : [Number.parseInt(byte, 16)];
  return { token: text, logprob: Math.max(LEAST, logprob), bytes };
}

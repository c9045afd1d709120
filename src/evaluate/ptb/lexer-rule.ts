import type { Pattern } from './pattern.js';

/** What is made of a match: what is said (null: nothing), and how much is taken when not all of it. */
export interface Token {
  readonly text: string | null;
  readonly taken?: number;
}

/** One rule of a lexer. The longest match wins, what must follow counted in; of equal ones the first rule. */
export interface LexerRule {
  readonly match: Pattern;
  /** What must follow, and is not taken. */
  readonly before?: Pattern;
  readonly make: (text: string) => Token;
}

import { Automaton } from './automaton.js';
import type { LexerRule } from './lexer-rule.js';
import { sequence } from './pattern.js';

/**
 * Cuts texts into tokens by rules: at each place the longest match wins, what must follow counted in, and of equal
 * ones the first rule. What no rule matches is left out.
 */
export class Lexer {
  private readonly all: Automaton;
  /** For rules with something to follow: the two parts alone, made when first needed. */
  private readonly parts = new Map<number, { readonly own: Automaton; readonly following: Automaton }>();

  constructor(private readonly rules: readonly LexerRule[]) {
    this.all = new Automaton(
      rules.map(({ match, before }) => (before === undefined ? match : sequence(match, before))),
    );
  }

  /**
   * The tokens that begin before `end`; what follows it is only looked at.
   * @param end where the text ends that is cut
   */
  tokens(text: string, end = text.length): string[] {
    const found: string[] = [];
    let at = 0;
    while (at < end) {
      const match = this.all.longest(text, at);
      const rule = match === null ? undefined : this.rules[match.rule];
      if (match === null || rule === undefined) {
        at++;
        continue;
      }
      const length = this.ownEnd(text, at, match.end, match.rule) - at;
      const token = rule.make(text.slice(at, at + length));
      if (token.text !== null) found.push(token.text);
      at += Math.max(1, token.taken ?? length);
    }
    return found;
  }

  /** Where a match ends without what must follow: as late as can be. */
  private ownEnd(text: string, from: number, end: number, number: number): number {
    const parts = this.partsOf(number);
    if (parts === null) return end;
    const ends: number[] = [];
    parts.own.walk(text, from, (ownEnd) => ends.push(ownEnd));
    for (const ownEnd of ends.reverse()) {
      const lasts = new Set<number>();
      parts.following.walk(text, ownEnd, (last) => lasts.add(last));
      if (lasts.has(end)) return ownEnd;
    }
    return end;
  }

  private partsOf(number: number) {
    const { match, before } = this.rules[number] ?? {};
    if (match === undefined || before === undefined) return null;
    const made = this.parts.get(number) ?? {
      own: new Automaton([match]),
      following: new Automaton([before]),
    };
    this.parts.set(number, made);
    return made;
  }
}

import type { WholeThings } from '../pipeline/events.js';
import type { Problem } from '../tasks/detection.js';

/** Counts what of the model's answers could not be read, so that it is told in one sentence. */
export class ProblemCount {
  private count = 0;
  private first: (Problem & { readonly seconds: number }) | null = null;

  take({ seconds, problems }: Pick<WholeThings, 'seconds' | 'problems'>): void {
    this.count += problems.length;
    const [problem] = problems;
    if (problem !== undefined) this.first ??= { ...problem, seconds };
  }

  /** null when there was none. */
  get sentence(): string | null {
    if (this.first === null) return null;
    const { seconds, reason, text } = this.first;
    const where = `at ${Math.round(seconds * 1000) / 1000} s: ${reason}`;
    const what = text === '' ? '' : ` (${JSON.stringify(text.slice(0, 120))})`;
    return this.count === 1
      ? `a piece of the model's answer could not be read, ${where}${what}`
      : `${this.count} pieces of the model's answers could not be read, the first ${where}${what}; --json lists all`;
  }
}

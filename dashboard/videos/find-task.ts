import { thingsOf } from './upload-plan.js';

/** What is to be looked for, as a person sets it. */
export interface FindWishes {
  readonly kind: 'detect' | 'segment' | 'refer' | 'read' | 'captions';
  readonly words: string;
  readonly everySeconds: number;
}

/** The task as the server takes it; null while words are missing. */
export function findTask({ kind, words, everySeconds }: FindWishes): object | null {
  switch (kind) {
    case 'captions':
      return { task: kind, window_seconds: everySeconds };
    case 'read':
      return { task: kind, every_seconds: everySeconds };
    case 'refer':
      return words.trim() === ''
        ? null
        : { task: kind, expression: words.trim(), every_seconds: everySeconds };
    case 'detect':
    case 'segment': {
      const things = thingsOf(words);
      return things.length === 0 ? null : { task: kind, things, every_seconds: everySeconds };
    }
  }
}

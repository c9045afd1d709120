import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/shared/errors.js';
import { promptFor } from '../../../src/tasks/prompt-for.js';
import type { Task } from '../../../src/tasks/task.js';

/** Every task with the prompt of the paper and of Google's model card. */
const PROMPTS: readonly [Task, string][] = [
  [{ kind: 'caption', lang: 'en' }, 'caption en'],
  [{ kind: 'cap', lang: 'de' }, 'cap de'],
  [{ kind: 'describe', lang: 'en' }, 'describe en'],
  [{ kind: 'answer', lang: 'en', question: 'where is the cow?' }, 'answer en where is the cow?'],
  [{ kind: 'question', lang: 'en', answer: 'two dogs' }, 'question en two dogs'],
  [{ kind: 'ocr' }, 'ocr'],
  [{ kind: 'detect', things: ['cat', ' red car '] }, 'detect cat ; red car'],
  [{ kind: 'segment', things: ['cat'] }, 'segment cat'],
  [{ kind: 'refer', expression: 'the cup on the left' }, 'the cup on the left'],
  [{ kind: 'statement', sentence: 'both show a dog.' }, 'answer en both show a dog.'],
  [{ kind: 'prompt', prompt: ' as it\nis ' }, ' as it\nis '],
];

describe('promptFor', () => {
  it.each(PROMPTS)('writes %j as the model was trained on it', (task, prompt) => {
    expect(promptFor(task)).toBe(prompt);
  });

  it.each<Task>([
    { kind: 'detect', things: [] },
    { kind: 'detect', things: ['cat', ' '] },
    { kind: 'segment', things: ['cat ; dog'] },
    { kind: 'answer', lang: 'en', question: '' },
    { kind: 'caption', lang: 'english please' },
    { kind: 'refer', expression: '\n' },
  ])('refuses %j, whose words are missing or would read as something else', (task) => {
    expect(() => promptFor(task)).toThrow(RequestError);
  });
});

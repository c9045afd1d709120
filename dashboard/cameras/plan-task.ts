import type { StreamTaskBody } from '../../src/delivery/streams/stream-plan-body.js';
import { thingsOf } from '../videos/upload-plan.js';

export type TaskKindName = StreamTaskBody['task'];

interface TaskKind {
  readonly title: string;
  /** What its words are; null where it has none. */
  readonly words: string | null;
  readonly hint: string;
}

/** What may be asked of every window. */
export const TASK_KINDS: Readonly<Record<TaskKindName, TaskKind>> = {
  caption: { title: 'Caption', words: 'Language', hint: 'en' },
  ask: { title: 'Ask', words: 'Question', hint: 'is anybody at the door?' },
  detect: { title: 'Find', words: 'Names, parted by commas', hint: 'car, dog' },
  segment: { title: 'Outline', words: 'Names, parted by commas', hint: 'car, dog' },
  refer: { title: 'Find the one', words: 'Which one', hint: 'the dog on the left' },
  read: { title: 'Read', words: null, hint: '' },
  prompt: { title: 'Own prompt', words: 'Prompt', hint: 'answer en what moves?' },
};

/** The words of a task as they stand in its field. */
export function taskWords(task: StreamTaskBody): string {
  switch (task.task) {
    case 'caption':
      return task.lang;
    case 'ask':
      return task.question;
    case 'prompt':
      return task.prompt;
    case 'detect':
    case 'segment':
      return task.things.join(', ');
    case 'refer':
      return task.expression;
    case 'read':
      return '';
  }
}

/**
 * A task out of its fields; null while words are missing.
 * @param before what the fields were filled with: it is the task while they say the same, and tells what they do not show
 */
export function planTask(
  kind: TaskKindName,
  text: string,
  before: StreamTaskBody | null = null,
): StreamTaskBody | null {
  const words = text.trim();
  if (before?.task === kind && taskWords(before) === words) return before;
  switch (kind) {
    case 'caption':
      return { task: kind, lang: words === '' ? 'en' : words };
    case 'read':
      return { task: kind };
    case 'ask': {
      const lang = before?.task === kind ? before.lang : 'en';
      return words === '' ? null : { task: kind, question: words, lang };
    }
    case 'prompt':
      return words === '' ? null : { task: kind, prompt: words };
    case 'refer':
      return words === '' ? null : { task: kind, expression: words };
    case 'detect':
    case 'segment': {
      const things = thingsOf(words);
      return things.length === 0 ? null : { task: kind, things };
    }
  }
}

import { promptFor } from '../../tasks/prompt-for.js';
import type { Task } from '../../tasks/task.js';
import type { Question } from '../events.js';

/**
 * What the model is asked for a task, and which kind of event its answer is.
 * @throws RequestError `bad_task`
 */
export function taskQuestion(task: Task): Question {
  const prompt = promptFor(task);
  switch (task.kind) {
    case 'caption':
    case 'cap':
    case 'describe':
      return { kind: 'caption', prompt };
    case 'ocr':
      return { kind: 'text', prompt };
    case 'detect':
      return { kind: 'detect', prompt, convention: 1023 };
    case 'segment':
      return { kind: 'segment', prompt, convention: 1023 };
    case 'refer':
      return { kind: 'segment', prompt, convention: 1023, unnamed: prompt };
    case 'answer':
      return { kind: 'answer', prompt, question: task.question };
    case 'statement':
      return { kind: 'answer', prompt, question: task.sentence };
    case 'question':
      return { kind: 'answer', prompt, question: prompt };
    case 'prompt':
      return { kind: 'answer', prompt, question: task.prompt };
  }
}

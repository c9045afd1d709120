import { RequestError } from '../shared/errors.js';
import type { Task } from './task.js';

/**
 * The prompt of a task, exactly as PaliGemma was trained on it, without the newline that the runtime appends.
 * Words are trimmed; a prompt of the caller's own is left as it is.
 *
 * @throws RequestError `bad_task` when words are missing or would read as something else
 */
export function promptFor(task: Task): string {
  switch (task.kind) {
    case 'caption':
    case 'cap':
    case 'describe':
      return `${task.kind} ${language(task.lang)}`;
    case 'answer':
      return `answer ${language(task.lang)} ${words('question', task.question)}`;
    case 'question':
      return `question ${language(task.lang)} ${words('answer', task.answer)}`;
    case 'ocr':
      return 'ocr';
    case 'detect':
    case 'segment':
      return `${task.kind} ${things(task.things)}`;
    case 'refer':
      return words('expression', task.expression);
    case 'statement':
      return `answer en ${words('statement', task.sentence)}`;
    case 'prompt':
      return task.prompt;
  }
}

function words(what: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '') return trimmed;
  throw new RequestError('bad_task', `the ${what} is empty: give at least one word`);
}

function language(code: string): string {
  if (/^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(code)) return code;
  throw new RequestError(
    'bad_task',
    `${JSON.stringify(code)} is no language code: give one as "en", "de" or "es"`,
  );
}

/** The model takes `;` for the end of a name, so a name cannot hold one. */
function things(names: readonly string[]): string {
  if (names.length === 0) throw new RequestError('bad_task', 'no thing is named: give at least one');
  for (const name of names) {
    if (!name.includes(';')) continue;
    throw new RequestError(
      'bad_task',
      `the thing ${JSON.stringify(name)} contains ";", which parts one thing from the next: name them apart`,
    );
  }
  return names.map((name) => words('name of a thing', name)).join(' ; ');
}

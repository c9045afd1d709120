import { expect, it } from 'vitest';
import { planTask, TASK_KINDS, type TaskKindName, taskWords } from '../../../dashboard/cameras/plan-task.js';
import { streamPlanBody, type StreamTaskBody } from '../../../src/delivery/streams/stream-plan-body.js';

const kinds = Object.keys(TASK_KINDS) as TaskKindName[];

it.each(kinds)('makes a task of %s that the server takes, and shows it again as it was typed', (kind) => {
  const words = TASK_KINDS[kind].hint;
  const task = planTask(kind, ` ${words} `);
  expect(streamPlanBody.parse({ tasks: [task] }).tasks).toEqual([task]);
  expect(task === null ? null : taskWords(task)).toBe(words);
});

it.each(kinds.filter((kind) => kind !== 'caption' && kind !== 'read'))('wants words for %s', (kind) => {
  expect(planTask(kind, ' ')).toBeNull();
});

it.each<StreamTaskBody>([
  { task: 'caption', lang: 'de' },
  { task: 'ask', question: 'wer ist da?', lang: 'de' },
  { task: 'detect', things: ['salt, pepper', 'cup'] },
  { task: 'segment', things: ['salt; pepper'] },
])('leaves a task of $task as it is while its fields are', (task) => {
  expect(planTask(task.task, taskWords(task), task)).toEqual(task);
});

it('asks in the language it asked in when a question is worded anew', () => {
  const before = { task: 'ask', question: 'wer ist da?', lang: 'de' } as const;
  expect(planTask('ask', 'wer geht?', before)).toEqual({ ...before, question: 'wer geht?' });
  expect(planTask('refer', 'wer ist da?', before)).toEqual({ task: 'refer', expression: 'wer ist da?' });
  expect(planTask('ask', 'who?', { task: 'caption', lang: 'de' })).toMatchObject({ lang: 'en' });
});

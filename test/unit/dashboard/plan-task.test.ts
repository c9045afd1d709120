import { expect, it } from 'vitest';
import { planTask, TASK_KINDS, type TaskKindName, taskWords } from '../../../dashboard/cameras/plan-task.js';
import { streamPlanBody } from '../../../src/delivery/streams/stream-plan-body.js';

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

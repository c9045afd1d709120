import { checkPlan } from '../../clip/check-plan.js';
import { taskQuestion } from './task-question.js';
import type { VideoTask } from './video-task.js';

/**
 * Checks what can be checked of a task before the video is opened.
 * @throws RequestError `bad_task`, `bad_sampling_plan`
 */
export function checkVideoTask({ task, plan }: VideoTask): void {
  taskQuestion(task);
  checkPlan(plan);
}

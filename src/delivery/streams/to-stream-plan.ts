import { DEFAULT_MASK_TOKENS, DEFAULT_NEW_TOKENS } from '../../pipeline/default-new-tokens.js';
import type { StreamPlan } from '../../pipeline/stream-plan.js';
import type { StreamPlanBody, StreamTaskBody } from './stream-plan-body.js';

/** A plan of a request as the pipeline takes it. @param defaultFrames looked at together when nothing is said */
export function toStreamPlan(body: StreamPlanBody, defaultFrames: number): StreamPlan {
  const { motion_gate: gate, schedule, tasks } = body;
  const needsRoom = tasks.some(({ task }) => task === 'segment');
  const { max_new_tokens: maxNewTokens = needsRoom ? DEFAULT_MASK_TOKENS : DEFAULT_NEW_TOKENS } = body;
  return {
    framesPerWindow: body.frames ?? defaultFrames,
    windowSeconds: body.window_seconds,
    overlapSeconds: body.overlap_seconds,
    tasks: tasks.map(taskOf),
    options: { sampling: { kind: 'greedy' }, maxNewTokens, topLogprobs: 0 },
    motionGate:
      gate === null ? null : { threshold: gate.threshold, atLeastEverySeconds: gate.at_least_every_seconds },
    schedule: schedule === null ? null : { timeZone: schedule.time_zone, slots: schedule.slots },
  };
}

function taskOf(body: StreamTaskBody): StreamPlan['tasks'][number] {
  switch (body.task) {
    case 'caption':
      return { kind: 'caption', lang: body.lang };
    case 'ask':
      return { kind: 'answer', lang: body.lang, question: body.question };
    case 'prompt':
      return { kind: 'prompt', prompt: body.prompt };
    case 'detect':
    case 'segment':
      return { kind: body.task, things: body.things };
    case 'refer':
      return { kind: 'refer', expression: body.expression };
    case 'read':
      return { kind: 'ocr' };
  }
}

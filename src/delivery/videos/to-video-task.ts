import type { VideoTask } from '../../pipeline/video/video-task.js';
import type { VideoTaskBody } from './video-plan.js';

const DEFAULT_WINDOW_SECONDS = 5;
const DEFAULT_LOOK_SECONDS = 1;
const DEFAULT_READ_SECONDS = 5;

/** A task of a request as the pipeline takes it. @param defaultFrames looked at together when nothing is said */
export function toVideoTask(body: VideoTaskBody, defaultFrames: number): VideoTask {
  return {
    task: taskOf(body),
    plan: planOf(body, defaultFrames),
    range: { startSeconds: body.start_seconds, endSeconds: body.end_seconds },
    options: { sampling: { kind: 'greedy' }, maxNewTokens: body.max_new_tokens, topLogprobs: 0 },
  };
}

function taskOf(body: VideoTaskBody): VideoTask['task'] {
  switch (body.task) {
    case 'summary':
    case 'captions':
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

function planOf(body: VideoTaskBody, defaultFrames: number): VideoTask['plan'] {
  switch (body.task) {
    case 'summary':
      return { kind: 'even', frames: body.frames ?? defaultFrames };
    case 'captions':
    case 'ask':
    case 'prompt': {
      const windowSeconds =
        body.window_seconds ??
        (body.task === 'captions' ? (body.every_seconds ?? DEFAULT_WINDOW_SECONDS) : undefined);
      const frames = body.frames ?? defaultFrames;
      if (windowSeconds === undefined) return { kind: 'even', frames };
      return { kind: 'windows', frames, windowSeconds, everySeconds: body.every_seconds ?? windowSeconds };
    }
    case 'detect':
    case 'segment':
    case 'refer':
    case 'read': {
      if (body.frames !== undefined && body.every_seconds === undefined)
        return { kind: 'even', frames: body.frames };
      const otherwise = body.task === 'read' ? DEFAULT_READ_SECONDS : DEFAULT_LOOK_SECONDS;
      return { kind: 'every', seconds: body.every_seconds ?? otherwise };
    }
  }
}

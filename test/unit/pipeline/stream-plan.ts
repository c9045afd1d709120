import type { StreamPlan } from '../../../src/pipeline/stream-plan.js';

/** A plan of two frames in two seconds and one caption, with some of it changed. */
export function streamPlan(change: Partial<StreamPlan> = {}): StreamPlan {
  return {
    framesPerWindow: 2,
    windowSeconds: 2,
    overlapSeconds: 0,
    tasks: [{ kind: 'caption', lang: 'en' }],
    options: { sampling: { kind: 'greedy' }, maxNewTokens: 16, topLogprobs: 0 },
    motionGate: null,
    schedule: null,
    ...change,
  };
}

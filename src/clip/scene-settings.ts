import type { ScenesPlan } from './sampling-plan.js';

/** A scene plan with every default supplied. */
export function sceneSettings(plan: ScenesPlan): Required<ScenesPlan> {
  return { threshold: 0.15, sampleSeconds: 0.5, minSeconds: 1, maxSeconds: 60, ...plan };
}

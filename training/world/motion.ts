import type { Motion, Pose } from './scene.js';

/**
 * Where a thing is at `u` of its clip, 0 at the beginning and 1 at the end.
 * Before `from` and after `to` it rests; what appears or disappears does so within 4 % of the clip.
 */
export function poseAt(motion: Motion, u: number): Pose {
  const done = Math.min(1, Math.max(0, (u - motion.from) / (motion.to - motion.from)));
  const hop = motion.hops > 0 ? Math.abs(Math.sin(Math.PI * motion.hops * done)) * motion.hopHeight : 0;
  const fade = Math.min(1, Math.max(0, (u - motion.moment) / 0.04));
  return {
    x: motion.x + motion.dx * done,
    y: motion.y + motion.dy * done - hop,
    size: motion.size * Math.pow(motion.growth, done),
    angle: motion.turn * done,
    opacity: motion.action === 'appear' ? fade : motion.action === 'disappear' ? 1 - fade : 1,
  };
}

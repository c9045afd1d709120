import type { Motion } from './scene.js';

/** The motion of what does not move. */
export function restAt(x: number, y: number, size: number): Motion {
  return {
    action: 'still',
    x,
    y,
    size,
    dx: 0,
    dy: 0,
    growth: 1,
    turn: 0,
    hops: 0,
    hopHeight: 0,
    moment: 0.5,
    from: 0,
    to: 1,
    halt: null,
  };
}

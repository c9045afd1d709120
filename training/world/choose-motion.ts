import type { Random } from './random.js';
import { restAt } from './rest.js';
import type { Motion } from './scene.js';
import type { Action } from './vocabulary.js';

/**
 * A motion that does `action` plainly enough to be told from eight pictures, wholly inside the picture.
 * @param size height of the thing as a fraction of the picture's height
 * @param aspect width / height of the picture
 */
export function chooseMotion(random: Random, action: Action, size: number, aspect: number): Motion {
  const marginX = Math.min(0.45, (0.5 * size) / aspect);
  const marginY = Math.min(0.45, 0.5 * size);
  const [x, y] = [random.between(marginX, 1 - marginX), random.between(marginY, 1 - marginY)];
  const still = { ...restAt(x, y, size), action };
  const span = random.chance(0.6)
    ? { from: 0, to: 1 }
    : { from: random.between(0, 0.25), to: random.between(0.75, 1) };
  switch (action) {
    case 'still':
      return still;
    case 'left':
    case 'right': {
      const room = 1 - 2 * marginX;
      const way = room * random.between(0.5, 1);
      const low = random.between(marginX, 1 - marginX - way);
      const drift = random.between(-0.06, 0.06);
      return action === 'right'
        ? { ...still, ...span, x: low, dx: way, dy: drift }
        : { ...still, ...span, x: low + way, dx: -way, dy: drift };
    }
    case 'up':
    case 'down': {
      const room = 1 - 2 * marginY;
      const way = room * random.between(0.55, 1);
      const low = random.between(marginY, 1 - marginY - way);
      const drift = random.between(-0.05, 0.05);
      return action === 'down'
        ? { ...still, ...span, y: low, dy: way, dx: drift }
        : { ...still, ...span, y: low + way, dy: -way, dx: drift };
    }
    case 'closer':
    case 'away': {
      const growth = random.between(1.9, 3);
      const near = Math.min(0.85, Math.max(0.45, size * 1.4));
      const half = Math.min(0.4, (0.4 * near) / aspect);
      const centre = { x: random.between(half, 1 - half), y: random.between(0.35, 0.65) };
      return action === 'closer'
        ? { ...still, ...span, ...centre, size: near / growth, growth }
        : { ...still, ...span, ...centre, size: near, growth: 1 / growth };
    }
    case 'enter':
    case 'leave': {
      // From beyond the side to well inside, or the other way.
      const outside = -0.6 * (size / aspect);
      const inside = random.between(Math.max(0.3, marginX), 0.75);
      const drift = random.between(-0.05, 0.05);
      const fromLeft = random.chance(0.5);
      const [edge, place] = fromLeft ? [outside, inside] : [1 - outside, 1 - inside];
      return action === 'enter'
        ? { ...still, ...span, x: edge, dx: place - edge, dy: drift }
        : { ...still, ...span, x: place, dx: edge - place, dy: drift };
    }
    case 'spin':
      return { ...still, turn: random.between(0.8, 2.4) * 2 * Math.PI * (random.chance(0.5) ? 1 : -1) };
    case 'jump': {
      const hopHeight = random.between(0.22, 0.38);
      const y = random.between(Math.min(0.7, marginY + hopHeight), 1 - marginY);
      return { ...still, y, hops: random.whole(1, 3), hopHeight };
    }
    case 'appear':
    case 'disappear':
      return { ...still, moment: random.between(0.22, 0.72) };
  }
}

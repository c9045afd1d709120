import { z } from 'zod';
import { picturesPerSecond } from './pictures-per-second.js';

export const motionQuery = z.object({ fps: picturesPerSecond(z.coerce.number()) });

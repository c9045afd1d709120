import type { EncodableFrame } from '../../src/vision/vision-encoder.js';
import { PIXEL_AXES, tensor } from '../../src/shared/tensor.js';
import { questions } from '../../training/world/ask.js';
import { captionTask } from '../../training/world/choose-tasks.js';
import { composeClip } from '../../training/world/compose-clip.js';
import { composePicture } from '../../training/world/compose-picture.js';
import { Random } from '../../training/world/random.js';
import { newCanvas, render, Studio } from '../../training/world/render.js';
import type { Scene } from '../../training/world/scene.js';
import type { Task } from '../../training/world/task.js';

/** Scenes that training has never seen: it begins at 1,000,000. */
const HELD_OUT = 800_000;
const CLIP_FRAMES = 8;
const QUESTIONS = 2;

/** One task with the frames it is about. */
export interface SceneRequest extends Task {
  readonly media: 'pictures' | 'clips';
  readonly frames: readonly EncodableFrame[];
}

/** A caption and two questions about each of so many pictures and clips of held-out scenes. */
export async function sceneRequests(scenes: number, size: number): Promise<SceneRequest[]> {
  const studio = new Studio(size);
  const requests: SceneRequest[] = [];
  for (let seed = HELD_OUT; seed < HELD_OUT + scenes; seed++) {
    for (const scene of [composePicture(seed), composeClip(seed)]) {
      const frames = await framesOf(studio, scene, size);
      const random = new Random(seed);
      const tasks = [captionTask(scene), ...random.some(questions(scene, random), QUESTIONS)];
      const media = scene.moving ? 'clips' : 'pictures';
      requests.push(...tasks.map((task) => ({ ...task, media, frames }) as const));
    }
  }
  return requests;
}

async function framesOf(studio: Studio, scene: Scene, size: number): Promise<EncodableFrame[]> {
  const film = await studio.film(scene);
  const count = scene.moving ? CLIP_FRAMES : 1;
  return Array.from({ length: count }, (_, f) => {
    const canvas = newCanvas(size, size);
    render(film, f / count, canvas);
    const key = `${scene.moving ? 'clip' : 'picture'}/${scene.seed}/${f}`;
    return { key, pixels: tensor(PIXEL_AXES, [size, size, 3], canvas.rgb) };
  });
}

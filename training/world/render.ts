import { Backdrops } from './backgrounds.js';
import { asCamera } from './as-camera.js';
import { drawBackdrop, drawThing, type Canvas } from './draw.js';
import { poseAt } from './motion.js';
import type { Group, Motion, Scene } from './scene.js';
import { shine } from './shine.js';
import { SIGN_ASPECT, SignShop } from './signs.js';
import { SpriteSheet, type Bitmap, type Mipmap } from './sprites.js';

/** One thing of a scene with its drawing; its number in `Canvas.owner` is its place in the list plus one. */
export interface Actor {
  readonly group: Group | null;
  readonly motion: Motion | null;
  readonly sprite: Mipmap;
}

/** A scene whose drawings are loaded: any moment of it can be drawn, at any size. */
export interface Film {
  readonly scene: Scene;
  readonly backdrop: Bitmap;
  /** The sign first, if there is one, then every member of every group. */
  readonly actors: readonly Actor[];
  /** The backdrop as it was drawn last, for the frames of one size that follow. */
  readonly drawn: { width: number; height: number; rgb: Uint8Array };
}

/** Loads drawings for scenes; `height` is the picture's height in pixels it is to be sharp at. */
export class Studio {
  readonly #sprites: SpriteSheet;
  readonly #signs: SignShop;
  readonly #backdrops: Backdrops;

  constructor(height: number) {
    this.#sprites = new SpriteSheet(Math.max(64, Math.round(height * 0.85)));
    this.#signs = new SignShop(Math.max(48, Math.round(height * 0.5)));
    this.#backdrops = new Backdrops(Math.round(height * 1.3));
  }

  async film(scene: Scene): Promise<Film> {
    const actors: Actor[] = [];
    if (scene.sign !== null)
      actors.push({ group: null, motion: null, sprite: await this.#signs.load(scene.sign) });
    for (const group of scene.groups) {
      const sprite = await this.#sprites.load(group.kind, group.style, group.colour);
      for (const motion of group.members) actors.push({ group, motion, sprite });
    }
    return {
      scene,
      backdrop: await this.#backdrops.load(scene.place, scene.variant),
      actors,
      drawn: { width: 0, height: 0, rgb: new Uint8Array(0) },
    };
  }
}

export function newCanvas(width: number, height: number): Canvas {
  return { width, height, rgb: new Uint8Array(width * height * 3), owner: new Uint8Array(width * height) };
}

/** Draws the film at `u` of its length, 0 to 1. The canvas may have any shape: the scene is squashed into it. */
export function render(film: Film, u: number, canvas: Canvas): void {
  const { scene } = film;
  setBackdrop(film, canvas);
  for (const [index, { group, motion, sprite }] of film.actors.entries()) {
    const look = { aspect: scene.aspect, spriteAspect: 1 };
    if (group !== null && motion !== null)
      drawThing(
        canvas,
        sprite,
        poseAt(motion, u),
        { ...look, flip: group.flip, tilt: group.tilt },
        index + 1,
      );
    else if (scene.sign !== null)
      drawThing(
        canvas,
        sprite,
        scene.sign.pose,
        { ...look, spriteAspect: SIGN_ASPECT, flip: false, tilt: 0 },
        index + 1,
      );
  }
  shine(canvas, scene.light);
  asCamera(canvas, scene.camera, scene.seed + Math.round(u * 4096));
}

function setBackdrop({ drawn, backdrop, scene }: Film, canvas: Canvas): void {
  if (drawn.width !== canvas.width || drawn.height !== canvas.height) {
    drawBackdrop(canvas, backdrop, scene.crop);
    Object.assign(drawn, { width: canvas.width, height: canvas.height, rgb: canvas.rgb.slice() });
  }
  canvas.rgb.set(drawn.rgb);
  canvas.owner.fill(0);
}

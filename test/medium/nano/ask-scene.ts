import { openEngine } from '../../../src/model/engine.js';
import type { Model } from '../../../src/model/model.js';
import { tensor, PIXEL_AXES } from '../../../src/shared/tensor.js';
import { newCanvas, render, Studio } from '../../../training/world/render.js';
import type { Scene } from '../../../training/world/scene.js';

const FRAMES = 8;
const GREEDY = { sampling: { kind: 'greedy' }, maxNewTokens: 48, topLogprobs: 0 } as const;

/** Opens the bundled model in this process. */
export function openNano(cacheDirectory: string): Promise<Model> {
  return openEngine({
    directory: 'models/nano',
    cacheDirectory,
    threads: 2,
    precision: 'f32',
    imageTokenCacheBytes: 1 << 26,
    onWarning: () => undefined,
  });
}

/** Renders a scene at the model's size and asks about it; a clip may be shown from its end to its beginning. */
export class Screening {
  readonly #studio: Studio;

  constructor(
    private readonly model: Model,
    private readonly size = model.info.imageSize,
  ) {
    this.#studio = new Studio(size);
  }

  async ask(scene: Scene, prompt: string, backwards = false): Promise<string> {
    const film = await this.#studio.film(scene);
    const count = scene.moving ? FRAMES : 1;
    const frames = Array.from({ length: count }, (_, f) => {
      const canvas = newCanvas(this.size, this.size);
      render(film, f / count, canvas);
      const pixels = tensor(PIXEL_AXES, [this.size, this.size, 3], canvas.rgb);
      return { key: `${scene.moving ? 'clip' : 'picture'}/${scene.seed}/${f}`, pixels };
    });
    if (backwards) frames.reverse();
    for await (const event of this.model.generate({ frames, prompt, options: GREEDY }))
      if (event.kind === 'done') return event.generation.text;
    throw new Error('the model ended without an answer');
  }
}

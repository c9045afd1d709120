import type { Random } from '../../training/world/random.js';
import { mjpegServer, type Publisher } from '../medium/source/live/publishers.js';

/** A camera that dies at times and comes back at the same address, until it is stopped. */
export class FlakyCamera {
  deaths = 0;
  #isOver = false;
  #wake: () => void = () => undefined;
  readonly #life: Promise<void>;

  private constructor(
    private server: Publisher & { readonly port: number },
    private readonly random: Random,
    private readonly rest: { readonly aliveSeconds: number; readonly deadSeconds: number },
  ) {
    this.#life = this.#live();
  }

  /** @param rest about how long it lives and is dead, half to one and a half times as long; Infinity lives on */
  static async start(
    random: Random,
    rest: { readonly aliveSeconds: number; readonly deadSeconds: number },
    framesPerSecond = 10,
  ): Promise<FlakyCamera> {
    return new FlakyCamera(await mjpegServer(0, framesPerSecond), random, rest);
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.#wake();
    await this.#life;
    await this.server.stop();
  }

  async #live(): Promise<void> {
    for (;;) {
      await this.#pause(this.rest.aliveSeconds);
      if (this.#over) return;
      await this.server.stop();
      this.deaths++;
      await this.#pause(this.rest.deadSeconds);
      this.server = await mjpegServer(this.server.port);
    }
  }

  get #over(): boolean {
    return this.#isOver;
  }

  #pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isOver) {
        resolve();
        return;
      }
      this.#wake = resolve;
      if (seconds !== Infinity) setTimeout(resolve, seconds * 1000 * this.random.between(0.5, 1.5));
    });
  }
}

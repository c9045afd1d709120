import { pictureJpeg } from '../../pipeline/picture-jpeg.js';
import type { LiveStream } from '../../pipeline/stream-engine.js';

type LivePicture = NonNullable<LiveStream['picture']>;

/** A picture on its way to one who watches. */
export interface SentPicture {
  readonly jpeg: Buffer;
  readonly picture: LivePicture;
  /** How many came since the one before and were passed over: by the pace, or as this client was slow. */
  readonly passedOver: number;
}

export interface PacerOptions {
  readonly framesPerSecond: number;
  /** Sends one; resolves when the next may be sent, and never rejects. */
  readonly send: (sent: SentPicture) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** A picture that comes a little early counts. */
const EARLY_MS = 10;

/**
 * Sends one client the newest picture at a pace: one at a time, the next when the client has taken the one before.
 * What comes meanwhile is passed over, so that a slow client sees fewer pictures, none late, and nobody waits for it.
 */
export class PicturePacer {
  readonly #options: PacerOptions;
  #newest: LivePicture | null = null;
  #passedOver = -1;
  #isSending = false;
  #sentMs = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  /** Takes the next picture of the stream. */
  take(picture: LivePicture): void {
    this.#newest = picture;
    this.#passedOver++;
    this.#pump();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #pump(): void {
    if (this.#isClosed || this.#isSending || this.#newest === null || this.#timer !== null) return;
    const waitMs = this.#sentMs + 1000 / this.#options.framesPerSecond - performance.now();
    if (waitMs > EARLY_MS) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#pump();
      }, waitMs);
      return;
    }
    const picture = this.#newest;
    const passedOver = this.#passedOver;
    this.#newest = null;
    this.#passedOver = -1;
    this.#sentMs = performance.now();
    this.#isSending = true;
    void this.#send(picture, passedOver).finally(() => {
      this.#isSending = false;
      this.#pump();
    });
  }

  async #send(picture: LivePicture, passedOver: number): Promise<void> {
    try {
      const jpeg = await pictureJpeg(picture);
      if (!this.#isClosed) await this.#options.send({ jpeg, picture, passedOver });
    } catch (error) {
      this.#options.onFailure(error);
    }
  }
}

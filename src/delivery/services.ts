import type { Store } from '../store/store.js';
import type { TopicHub } from './live/topic-hub.js';
import type { ModelStateSource } from './served-model.js';
import type { VideoLibrary } from './videos/video-library.js';

/** Nest's token for the store. */
export const STORE = Symbol('STORE');

/** What the server serves; the composition root makes and closes it. */
export interface Services {
  readonly modelState: ModelStateSource;
  readonly store: Store;
  readonly hub: TopicHub;
  readonly videos: VideoLibrary;
  /** Where uploads arrive. */
  readonly uploadsFolder: string;
  readonly maxUploadBytes: number;
  /** Told what nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

import { join } from 'node:path';
import { RetryableError } from '../../shared/errors.js';
import type { Store } from '../../store/store.js';
import type { StoredFrame } from '../../store/stored-frame.js';
import type { StoredVideo } from '../../store/stored-video.js';
import { hidePath } from '../videos/hide-path.js';
import type { VideoLibrary } from '../videos/video-library.js';
import type { VideoTools } from '../videos/video-tools.js';
import { parseVideoFrameId } from './video-frame-id.js';

export interface VideoFramesOptions {
  readonly store: Store;
  readonly videos: VideoLibrary;
  readonly tools: Pick<VideoTools, 'moment'>;
  readonly now?: () => number;
}

/** A page of search results twice over; each takes about a second. */
const MAX_WAITING = 64;

/**
 * Frames of videos: made of the file when they are first asked for, one after the other, and kept with the others. One
 * that had to make room is made again.
 */
export class VideoFrames {
  readonly #making = new Map<string, Promise<StoredFrame | null>>();
  readonly #now: () => number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: VideoFramesOptions) {
    this.#now = options.now ?? Date.now;
  }

  /**
   * Null when it is the name of no frame of a video that is there.
   * @throws RetryableError `queue_full`; RequestError of the file
   */
  get(id: string): Promise<StoredFrame | null> {
    const known = this.#making.get(id);
    if (known !== undefined) return known;
    if (this.#making.size >= MAX_WAITING) {
      throw new RetryableError('queue_full', `${MAX_WAITING} frames are being made: try again later`);
    }
    const made = this.#turn.then(() => this.#make(id)).finally(() => this.#making.delete(id));
    this.#making.set(id, made);
    this.#turn = made.catch(() => undefined);
    return made;
  }

  async #make(id: string): Promise<StoredFrame | null> {
    const moment = parseVideoFrameId(id);
    const video = moment === null ? null : await this.#video(moment.video);
    if (moment === null || video === null || !isWithin(video, moment.seconds)) return null;
    const { store, videos, tools } = this.options;
    const { folder, file } = await videos.place(video.id);
    const path = join(folder, file);
    const jpeg = await tools.moment(path, moment.seconds).catch((error: unknown) => {
      throw hidePath(error, path, video.name);
    });
    const frame = { id, topic: `videos/${video.id}`, atMs: this.#now(), jpeg };
    if ((await this.#video(video.id)) === null) return null; // deleted meanwhile
    await store.frames.put(frame);
    return frame;
  }

  async #video(id: string) {
    return this.options.store.videos.get(id);
  }
}

/** Of some videos nobody knows how long they take, see `VideoFacts`. */
function isWithin({ kind, durationSeconds }: StoredVideo, seconds: number): boolean {
  return (kind === 'video' && durationSeconds === 0) || seconds <= durationSeconds + 1;
}

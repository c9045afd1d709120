import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../shared/errors.js';
import type { VideoLook } from '../../pipeline/completion/video-frames.js';
import type { VideoFacts } from '../../pipeline/video/inspect-video.js';
import type { Access } from '../access/access.js';
import { hidePath } from '../videos/hide-path.js';
import type { VideoLibrary } from '../videos/video-library.js';
import type { ChatFrames, ChatTools } from './chat-tools.js';
import { FetchedMedia, type FetchedMediaOptions } from './fetched-media.js';
import { type MediaAddress, mediaAddress } from './media-address.js';
import type { MediaPart } from './read-conversation.js';

export interface ChatMediaOptions extends FetchedMediaOptions {
  readonly tools: ChatTools;
  readonly library: Pick<VideoLibrary, 'file' | 'inspectAllowed'>;
  /** Where videos that were not uploaded lie while they are looked at. */
  readonly folder: string;
}

/** On whose behalf parts are looked at, and until when. */
export interface MediaTerms {
  readonly access: Pick<Access, 'expectTopic'>;
  readonly signal: AbortSignal;
}

interface PartTerms extends MediaTerms {
  readonly fetched: FetchedMedia;
}

/** More no model reads. */
const MAX_FRAMES = 256;

/** The pictures and videos of a request, as the model sees them. */
export class ChatMedia {
  constructor(private readonly options: ChatMediaOptions) {}

  /** Removes what a server before left when it died. */
  async start(): Promise<void> {
    await rm(this.options.folder, { recursive: true, force: true });
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
  }

  /**
   * All frames in the order of their parts.
   * @throws RequestError of the addresses and of what lies there; `topic_refused` for a video that is not reached;
   * RetryableError `chat_busy`
   */
  async frames(parts: readonly MediaPart[], { access, signal }: MediaTerms): Promise<ChatFrames> {
    const terms = { access, signal, fetched: new FetchedMedia(this.options) };
    const frames: ChatFrames[number][] = [];
    for (const [place, part] of parts.entries()) {
      const name = `${part.type === 'image_url' ? 'picture' : 'video'} ${place + 1}`;
      const seen =
        part.type === 'image_url' ? this.#picture(part, name, terms) : this.#video(part, name, terms);
      frames.push(...(await seen)); // one after the other: they may be large
      if (frames.length <= MAX_FRAMES) continue;
      throw new RequestError(
        'chat_frames',
        `the pictures and videos have more than ${MAX_FRAMES} frames together: send fewer, or set "frames" of a video`,
      );
    }
    return frames;
  }

  async #picture(
    { image_url: { url } }: Extract<MediaPart, { type: 'image_url' }>,
    name: string,
    terms: PartTerms,
  ): Promise<ChatFrames> {
    const address = mediaAddress(url);
    if (address.kind !== 'upload') {
      const look = (bytes: Buffer): ReturnType<ChatTools['pictureFrame']> =>
        this.options.tools.pictureFrame(bytes, name);
      return [await withBytes(address, terms, look)];
    }
    const { path, name: shown, kind } = await this.#upload(address.id, terms);
    if (kind === 'video') {
      throw new RequestError(
        'bad_media_url',
        `${JSON.stringify(url)} is a video, and image_url takes a picture: send it as video_url`,
      );
    }
    return this.#look(path, shown, { frames: 1, range: {} }, terms);
  }

  async #video(
    { video_url: asked }: Extract<MediaPart, { type: 'video_url' }>,
    name: string,
    terms: PartTerms,
  ): Promise<ChatFrames> {
    const { url, frames, start_seconds, end_seconds } = asked;
    const lookAt = (kind: VideoFacts['kind']): VideoLook => ({
      frames: frames ?? (kind === 'picture' ? 1 : this.options.tools.defaultFrames),
      range: { startSeconds: start_seconds, endSeconds: end_seconds },
    });
    const address = mediaAddress(url);
    if (address.kind === 'upload') {
      const { path, name: shown, kind } = await this.#upload(address.id, terms);
      return this.#look(path, shown, lookAt(kind), terms);
    }
    const path = join(this.options.folder, randomUUID());
    try {
      await withBytes(address, terms, (bytes) => writeFile(path, bytes, { mode: 0o600 }));
      const { kind } = await this.options.library.inspectAllowed(path);
      return await this.#look(path, name, { ...lookAt(kind), isPassing: true }, terms);
    } catch (error) {
      throw hidePath(error, path, name);
    } finally {
      await rm(path, { force: true });
    }
  }

  #upload(id: string, { access }: MediaTerms): ReturnType<VideoLibrary['file']> {
    access.expectTopic(`videos/${id}`);
    return this.options.library.file(id);
  }

  async #look(path: string, name: string, look: VideoLook, { signal }: MediaTerms): Promise<ChatFrames> {
    try {
      return await this.options.tools.videoFrames(path, look, signal);
    } catch (error) {
      throw hidePath(error, path, name);
    }
  }
}

/** What came in the request itself is counted with it. */
async function withBytes<T>(
  address: Exclude<MediaAddress, { kind: 'upload' }>,
  { fetched, signal }: PartTerms,
  use: (bytes: Buffer) => Promise<T>,
): Promise<T> {
  return address.kind === 'data' ? use(address.bytes) : fetched.with(address.url, signal, use);
}

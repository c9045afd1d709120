import type { CompletionEvent, CompletionRequest } from '../../pipeline/completion/completion.js';
import type { VideoLook } from '../../pipeline/completion/video-frames.js';

export type ChatFrames = CompletionRequest['frames'];

/** What conversations need of the rest; the composition root fills it in. */
export interface ChatTools {
  /** Resolves when the model is open. */
  opened(): Promise<void>;
  /** @param name - of the picture, for errors */
  pictureFrame(bytes: Uint8Array, name: string): Promise<ChatFrames[number]>;
  /** Of a video or picture file. */
  videoFrames(path: string, look: VideoLook, signal: AbortSignal): Promise<ChatFrames>;
  complete(request: CompletionRequest, signal: AbortSignal): AsyncIterable<CompletionEvent>;
  /** Frames that are looked at together when nothing is said. */
  readonly defaultFrames: number;
}

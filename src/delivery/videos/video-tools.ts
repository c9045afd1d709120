import type { Observable } from 'rxjs';
import type { PipelineEvent } from '../../pipeline/events.js';
import type { VideoFacts } from '../../pipeline/video/inspect-video.js';
import type { VideoTask } from '../../pipeline/video/video-task.js';

/** What the videos need of the rest; the composition root fills it in. */
export interface VideoTools {
  inspect(path: string, signal?: AbortSignal): Promise<VideoFacts>;
  /** Waits for the model to be open; see `describeVideo`. */
  describe(path: string, task: VideoTask, firstClip: number): Observable<PipelineEvent>;
  /** What a video shows at a time, as a small JPEG. */
  moment(path: string, atSeconds: number): Promise<Uint8Array>;
  /** Most bytes that a proxy of so many seconds takes. */
  proxyBytes(durationSeconds: number): number;
  /** Writes a copy that every browser plays; half a file may be left when it fails. */
  writeProxy(path: string, output: string, options: ProxyWriting): Promise<void>;
  /** Frames that are looked at together when nothing is said. */
  readonly defaultFrames: number;
}

export interface ProxyWriting {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

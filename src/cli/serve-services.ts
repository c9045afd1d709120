import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { ModelStateSource } from '../delivery/served-model.js';
import type { Services } from '../delivery/services.js';
import { TopicHub } from '../delivery/live/topic-hub.js';
import { VideoLibrary } from '../delivery/videos/video-library.js';
import type { VideoTools } from '../delivery/videos/video-tools.js';
import type { ModelProcess } from '../model/model-process.js';
import { describeVideo } from '../pipeline/video/describe-video.js';
import { inspectVideo } from '../pipeline/video/inspect-video.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import { openStore } from '../store/sqlite/open-store.js';

export interface ServeSetting {
  readonly config: Config;
  readonly model: ModelProcess;
  readonly modelState: ModelStateSource;
  /** Frames that are looked at together when nothing is said. */
  readonly defaultFrames: number;
  /** Told what nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

export interface OpenServices extends Services {
  /** Puts what is being done back into its queue and closes the store. */
  close(): Promise<void>;
}

/** Streams are kept for so long, and no more of them than so many bytes; videos until they are deleted. */
const RETAIN_EVERY_MS = 60_000;

/**
 * Opens the store and begins with what a server before left in the queue.
 * @throws EnvironmentError of `openStore` and `findFfmpeg`
 */
export async function openServices(setting: ServeSetting): Promise<OpenServices> {
  const { config, modelState, onBug } = setting;
  const { dataDirectory: data, server } = config;
  const store = openStore(join(data, 'palistream.db'));
  try {
    const uploadsFolder = join(data, 'uploads');
    mkdirSync(uploadsFolder, { recursive: true, mode: 0o700 });
    const hub = new TopicHub(store.events);
    const videos = new VideoLibrary({
      store,
      hub,
      tools: await videoTools(setting),
      folder: join(data, 'videos'),
      limits: {
        maxVideoSeconds: server.maxVideoSeconds,
        maxTotalBytes: server.videosBytes,
        maxWaitingJobs: server.maxWaitingJobs,
      },
      onFailure: onBug,
    });
    await videos.start();
    const retention = setInterval(() => {
      const olderThanMs = Date.now() - server.retentionSeconds * 1000;
      const limits = { prefix: 'streams/', olderThanMs, maxBytes: server.retentionBytes };
      store.events.retain(limits).catch(onBug);
    }, RETAIN_EVERY_MS);
    return {
      modelState,
      store,
      hub,
      videos,
      uploadsFolder,
      maxUploadBytes: server.maxUploadBytes,
      onBug,
      close: async () => {
        clearInterval(retention);
        await videos.worker.stop();
        await hub.settled();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function videoTools({ config, model, defaultFrames }: ServeSetting): Promise<VideoTools> {
  const tools = await findFfmpeg(config.ffmpeg);
  const eyes = { model, tools, opened: () => model.opened() };
  return {
    defaultFrames,
    inspect: (path) => inspectVideo(path, tools),
    describe: (path, task, firstClip) => describeVideo(eyes, path, task, firstClip),
  };
}

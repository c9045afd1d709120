import { mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { Config } from '../config.js';
import { ByteBudget } from '../delivery/chat/byte-budget.js';
import { ChatCompletions } from '../delivery/chat/chat-completions.js';
import { ChatMedia } from '../delivery/chat/chat-media.js';
import type { ChatTools } from '../delivery/chat/chat-tools.js';
import { openAccess } from '../delivery/access/open-access.js';
import type { ModelStateSource } from '../delivery/served-model.js';
import type { Services } from '../delivery/services.js';
import { SampleShelf } from '../delivery/samples/sample-shelf.js';
import { FrameKeeper } from '../delivery/frames/frame-keeper.js';
import { VideoFrames } from '../delivery/frames/video-frames.js';
import { LIVE_LIMITS } from '../delivery/live/live-limits.js';
import { TopicHub } from '../delivery/live/topic-hub.js';
import { logEvents } from '../delivery/logging/log-events.js';
import { EventCounts } from '../delivery/operations/event-counts.js';
import { ServerWatch } from '../delivery/operations/server-watch.js';
import { StreamManager } from '../delivery/streams/stream-manager.js';
import { clearAbandoned, clearArrivals } from '../delivery/videos/abandoned-uploads.js';
import { EXPIRES_MS, RESUMABLE_FOLDER } from '../delivery/videos/resumable-uploads.js';
import { VideoDownloads } from '../delivery/videos/video-downloads.js';
import { VideoLibrary } from '../delivery/videos/video-library.js';
import type { VideoTools } from '../delivery/videos/video-tools.js';
import { checkedPost } from '../delivery/webhooks/checked-post.js';
import { WEBHOOK_LIMITS } from '../delivery/webhooks/webhook-limits.js';
import { WebhookRegistry } from '../delivery/webhooks/webhook-registry.js';
import { WebhookSender } from '../delivery/webhooks/webhook-sender.js';
import type { ModelProcess } from '../model/model-process.js';
import { complete } from '../pipeline/completion/complete.js';
import { pictureFrame } from '../pipeline/completion/picture-frame.js';
import { videoFrames } from '../pipeline/completion/video-frames.js';
import { describeVideo } from '../pipeline/video/describe-video.js';
import { inspectVideo } from '../pipeline/video/inspect-video.js';
import { videoMoment } from '../pipeline/video/video-moment.js';
import { childRegistry } from '../source/child-registry.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import { RemoteClient } from '../delivery/remote/remote-client.js';
import { RemotePolicy } from '../delivery/remote/remote-policy.js';
import { proxyBytes } from '../source/proxy-args.js';
import { writeProxy } from '../source/write-proxy.js';
import type { Log } from '../shared/log.js';
import { openStore } from '../store/sqlite/open-store.js';
import { dashboardDirectory, samplesDirectory } from './bundled-model.js';
import { readSamples } from './samples.js';
import { serveEngine } from './serve-engine.js';

export interface ServeSetting {
  readonly config: Config;
  readonly model: ModelProcess;
  readonly modelState: ModelStateSource;
  /** Frames that are looked at together when nothing is said. */
  readonly defaultFrames: number;
  /** Of the package. */
  readonly version: string;
  readonly log: Log;
  /** Told what nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

export interface OpenServices extends Services {
  /** Puts what is being done back into its queue and closes the store. */
  close(): Promise<void>;
}

/** Streams are kept for so long, and no more of them than so many bytes; videos until they are deleted. */
const RETAIN_EVERY_MS = 60_000;
/** Requests of the greatest size that may be answered at a time; of smaller ones as many more. */
const CHATS_AT_ONCE = 8;

/**
 * Opens the store and begins with what a server before left in the queue.
 * @throws EnvironmentError of `openStore` and `findFfmpeg`
 */
export async function openServices(setting: ServeSetting): Promise<OpenServices> {
  const { config, modelState, log, onBug } = setting;
  const { dataDirectory: data, server } = config;
  const { requestsPerMinute, refusalsPerMinute } = config.access;
  const access = await openAccess({
    dataDirectory: data,
    entries: config.access.keys,
    limits: { requestsPerMinute, refusalsPerMinute },
    onFailure: onBug,
  });
  const store = openStore(join(data, 'palistream.db'), server);
  try {
    const uploadsFolder = join(data, 'uploads');
    mkdirSync(uploadsFolder, { recursive: true, mode: 0o700 });
    await clearArrivals(uploadsFolder);
    const counts = new EventCounts();
    const hub = new TopicHub(store.events);
    logEvents(hub, log);
    childRegistry.spareOnSignals(); // what is being answered goes on for a while
    const tools = await findFfmpeg(config.ffmpeg);
    const samples = await sampleShelf();
    const shared = { store, hub, onFailure: onBug };
    const frames = new FrameKeeper({ frames: store.frames, onFailure: onBug });
    const videoWork = videoTools(setting, tools, (seconds) => {
      counts.read(seconds);
    });
    const videos = new VideoLibrary({
      ...shared,
      tools: videoWork,
      folder: join(data, 'videos'),
      proxiesFolder: join(data, 'proxies'),
      limits: {
        maxVideoSeconds: server.maxVideoSeconds,
        maxPixels: server.maxVideoPixels,
        codecs: server.videoCodecs,
        maxTotalBytes: server.videosBytes,
        maxWaitingJobs: server.maxWaitingJobs,
      },
    });
    const engine = serveEngine(setting, tools);
    const streams = new StreamManager({
      ...shared,
      engine: engine.open,
      defaultFrames: setting.defaultFrames,
      maxStreams: server.maxStreams,
      frames,
    });
    const watch = new ServerWatch({
      ...{ hub, store, streams, modelState, folder: data, events: counts },
      minFreeBytes: server.minFreeBytes,
      videoBytes: () => videos.bytes,
      model: () => setting.model.stats,
      ffmpeg: () => childRegistry.pids,
    });
    const chat = chatTools(setting, tools);
    const policy = new RemotePolicy({ allow: server.urlAllow });
    const remote = new RemoteClient(policy);
    const posting = { store, web: checkedPost(policy, remote), limits: WEBHOOK_LIMITS };
    const sender = new WebhookSender({ ...posting, hub, onFailure: onBug });
    const chatBudget = new ByteBudget(CHATS_AT_ONCE * server.maxChatBytes);
    const media = new ChatMedia({
      tools: chat,
      library: videos,
      remote,
      maxBytes: server.maxChatBytes,
      budget: chatBudget,
      folder: join(data, 'chat'),
    });
    await media.start();
    sender.start();
    await videos.start();
    const resuming = streams.start().catch(onBug); // waits for the model: listening does not
    const retention = setInterval(() => {
      const nowMs = Date.now();
      const limits = { prefix: 'streams/', olderThanMs: nowMs - server.retentionSeconds * 1000, nowMs };
      const retained = store.events.retain({ ...limits, maxBytes: server.retentionBytes });
      retained.then(() => store.frames.retain(limits)).catch(onBug);
      clearAbandoned(join(uploadsFolder, RESUMABLE_FOLDER), nowMs - EXPIRES_MS).catch(onBug);
    }, RETAIN_EVERY_MS);
    return {
      modelState,
      store,
      hub,
      videos,
      streams,
      frames,
      videoFrames: new VideoFrames({ store, videos, tools: videoWork }),
      samples,
      dashboardFolder: dashboardDirectory(),
      access,
      corsOrigins: config.access.corsOrigins,
      maxConnections: config.access.maxConnections,
      downloads: new VideoDownloads({
        remote,
        folder: uploadsFolder,
        maxBytes: server.maxUploadBytes,
        maxSeconds: server.urlSeconds,
      }),
      watch,
      version: setting.version,
      remote,
      webhooks: new WebhookRegistry({ ...posting, sender }),
      chats: new ChatCompletions({ tools: chat, media, modelState }),
      chatLimits: { maxBytes: server.maxChatBytes, budget: chatBudget },
      liveLimits: LIVE_LIMITS,
      uploadsFolder,
      maxUploadBytes: server.maxUploadBytes,
      shutdownSeconds: server.shutdownSeconds,
      log,
      onBug,
      close: async () => {
        clearInterval(retention);
        watch.close();
        access.keys.close();
        await videos.stop();
        await streams.close();
        await engine.close();
        await resuming;
        await hub.settled();
        await sender.close();
        await frames.settled();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function videoTools(
  { model, config, defaultFrames }: ServeSetting,
  tools: FfmpegTools,
  onRead: (seconds: number) => void,
): VideoTools {
  const maxSeconds = config.server.maxVideoSeconds;
  const eyes = { model, tools, maxSeconds, onRead, opened: () => model.opened() };
  return {
    defaultFrames,
    inspect: (path, signal) => inspectVideo(path, tools, { maxSeconds, signal }),
    describe: (path, task, firstClip) => describeVideo(eyes, path, task, firstClip),
    moment: (path, atSeconds) => videoMoment(path, atSeconds, tools),
    proxyBytes,
    writeProxy: (path, output, options) => writeProxy(path, { ...options, tools, output }),
  };
}

async function sampleShelf(): Promise<SampleShelf> {
  const samples = (await readSamples()).map(({ file, title, questions }) => ({
    name: parse(file).name,
    file,
    title,
    questions: questions.map(({ question }) => question),
  }));
  return new SampleShelf(samplesDirectory(), samples);
}

function chatTools({ model, config, defaultFrames }: ServeSetting, tools: FfmpegTools): ChatTools {
  return {
    defaultFrames,
    opened: () => model.opened(),
    pictureFrame: (bytes, name) => pictureFrame(bytes, name, model.info.imageSize),
    videoFrames: (path, look, signal) =>
      videoFrames(path, look, {
        tools,
        size: model.info.imageSize,
        maxSeconds: config.server.maxVideoSeconds,
        signal,
      }),
    complete: (request, signal) => complete(model, request, signal),
  };
}

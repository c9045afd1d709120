import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { ByteBudget } from '../../../src/delivery/chat/byte-budget.js';
import { ChatCompletions } from '../../../src/delivery/chat/chat-completions.js';
import { ChatMedia } from '../../../src/delivery/chat/chat-media.js';
import type { ChatTools } from '../../../src/delivery/chat/chat-tools.js';
import type { ModelState } from '../../../src/delivery/served-model.js';
import { openAccess } from '../../../src/delivery/access/open-access.js';
import type { RequestLimitOptions } from '../../../src/delivery/access/request-limits.js';
import type { Services } from '../../../src/delivery/services.js';
import { FrameKeeper } from '../../../src/delivery/frames/frame-keeper.js';
import { VideoFrames } from '../../../src/delivery/frames/video-frames.js';
import { LIVE_LIMITS, type LiveLimits } from '../../../src/delivery/live/live-limits.js';
import { SampleShelf } from '../../../src/delivery/samples/sample-shelf.js';
import { TopicHub } from '../../../src/delivery/live/topic-hub.js';
import type { ModelFigures } from '../../../src/delivery/operations/model-figures.js';
import { EventCounts } from '../../../src/delivery/operations/event-counts.js';
import { ServerWatch } from '../../../src/delivery/operations/server-watch.js';
import { logEvents } from '../../../src/delivery/logging/log-events.js';
import { StreamManager } from '../../../src/delivery/streams/stream-manager.js';
import { VideoDownloads } from '../../../src/delivery/videos/video-downloads.js';
import { VideoLibrary, type VideoLimits } from '../../../src/delivery/videos/video-library.js';
import type { VideoTools } from '../../../src/delivery/videos/video-tools.js';
import { checkedPost } from '../../../src/delivery/webhooks/checked-post.js';
import { WEBHOOK_LIMITS, type WebhookLimits } from '../../../src/delivery/webhooks/webhook-limits.js';
import { WebhookRegistry } from '../../../src/delivery/webhooks/webhook-registry.js';
import { WebhookSender } from '../../../src/delivery/webhooks/webhook-sender.js';
import { startServer } from '../../../src/main.js';
import type { StreamEngine } from '../../../src/pipeline/stream-engine.js';
import { RemoteClient } from '../../../src/delivery/remote/remote-client.js';
import { RemotePolicy } from '../../../src/delivery/remote/remote-policy.js';
import { openStore } from '../../../src/store/sqlite/open-store.js';
import { modelFigures } from '../../fixtures/delivery/model-figures.js';
import { scriptedChat } from '../../fixtures/delivery/scripted-chat.js';
import { keptLog, type LoggedLine } from '../../fixtures/delivery/kept-log.js';
import { scriptedEngine } from '../../fixtures/delivery/scripted-engine.js';
import { scriptedTools } from '../../fixtures/delivery/scripted-tools.js';

const root = mkdtempSync(join(tmpdir(), 'delivery-'));
const closing: (() => Promise<void>)[] = [];
let folders = 0;

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

export interface ScriptedOptions {
  readonly folder?: string;
  readonly tools?: Partial<VideoTools>;
  readonly limits?: Partial<VideoLimits>;
  readonly services?: Partial<Services>;
  /** Entries of keys, as PALISTREAM_KEYS has them. */
  readonly keys?: readonly string[];
  readonly requests?: Partial<RequestLimitOptions>;
  readonly live?: Partial<LiveLimits>;
  readonly engine?: StreamEngine;
  readonly framesBytes?: number;
  readonly model?: () => ModelFigures;
  readonly chat?: ChatTools;
  readonly served?: ModelState;
  readonly webhooks?: {
    readonly allow?: readonly string[];
    readonly limits?: Partial<WebhookLimits>;
    readonly now?: () => number;
  };
  readonly host?: string;
  readonly port?: number;
}

export interface ScriptedServer {
  readonly url: string;
  readonly services: Services;
  readonly folder: string;
  readonly bugs: unknown[];
  readonly lines: readonly LoggedLine[];
  close(): Promise<void>;
}

export function newFolder(): string {
  const folder = join(root, String(++folders));
  mkdirSync(folder);
  return folder;
}

/** A real server on a free port with a real store, and videos that are scripts; closed after the test. */
export async function scriptedServer(options: ScriptedOptions = {}): Promise<ScriptedServer> {
  const folder = options.folder ?? newFolder();
  const bugs: unknown[] = [];
  const onBug = (error: unknown): void => void bugs.push(error);
  const lines: LoggedLine[] = [];
  const log = keptLog(lines);
  const access = await openAccess({
    dataDirectory: folder,
    entries: options.keys ?? [],
    limits: { requestsPerMinute: 0, refusalsPerMinute: 0, ...options.requests },
    onFailure: onBug,
  });
  const store = openStore(join(folder, 'palistream.db'), { framesBytes: options.framesBytes ?? 1e6 });
  const hub = new TopicHub(store.events);
  const frames = new FrameKeeper({ frames: store.frames, onFailure: onBug });
  const videos = new VideoLibrary({
    store,
    hub,
    tools: scriptedTools(options.tools),
    folder: join(folder, 'videos'),
    proxiesFolder: join(folder, 'proxies'),
    limits: {
      maxVideoSeconds: 100,
      maxPixels: 1e7,
      codecs: [],
      maxTotalBytes: 1e6,
      maxWaitingJobs: 20,
      ...options.limits,
    },
    onFailure: onBug,
  });
  const streams = new StreamManager({
    store,
    hub,
    engine: () => Promise.resolve(options.engine ?? scriptedEngine()),
    defaultFrames: 8,
    maxStreams: 4,
    frames,
    onFailure: onBug,
  });
  const uploadsFolder = join(folder, 'uploads');
  mkdirSync(uploadsFolder, { recursive: true });
  logEvents(hub, log);
  const watch = new ServerWatch({
    ...{ hub, store, streams, folder, events: new EventCounts(), minFreeBytes: 0 },
    modelState: () => services.modelState(),
    model: options.model ?? (() => modelFigures()),
    videoBytes: () => videos.bytes,
    ffmpeg: () => [],
  });
  const chat = options.chat ?? scriptedChat();
  const remote =
    options.services?.remote ?? new RemoteClient(new RemotePolicy({ resolve: () => Promise.resolve([]) }));
  const budget = new ByteBudget(400_000);
  const media = new ChatMedia({
    tools: chat,
    library: videos,
    remote,
    maxBytes: 1000,
    budget,
    folder: join(folder, 'chat'),
  });
  const { allow = [], limits = {}, now } = options.webhooks ?? {};
  const policy = new RemotePolicy({ allow, resolve: () => Promise.resolve([]) });
  const posting = {
    ...{
      store,
      web: checkedPost(policy, new RemoteClient(policy)),
      limits: { ...WEBHOOK_LIMITS, ...limits },
    },
    ...(now === undefined ? {} : { now }),
  };
  const sender = new WebhookSender({ ...posting, hub, onFailure: onBug, random: () => 0.5 });
  const modelState = (): ModelState => options.served ?? { state: 'loading' };
  const services: Services = {
    modelState,
    webhooks: new WebhookRegistry({ ...posting, sender }),
    chats: new ChatCompletions({ tools: chat, media, modelState }),
    chatLimits: { maxBytes: 200_000, budget },
    store,
    hub,
    videos,
    streams,
    frames,
    videoFrames: new VideoFrames({ store, videos, tools: scriptedTools(options.tools) }),
    samples: new SampleShelf(folder, []),
    dashboardFolder: join(folder, 'dashboard'),
    access,
    corsOrigins: [],
    maxConnections: 2000,
    downloads: new VideoDownloads({ remote, folder: uploadsFolder, maxBytes: 100_000, maxSeconds: 10 }),
    watch,
    version: '0.0.0',
    remote,
    log,
    shutdownSeconds: 1,
    liveLimits: { ...LIVE_LIMITS, closeGraceMs: 200, ...options.live },
    uploadsFolder,
    maxUploadBytes: 100_000,
    onBug,
    ...options.services,
  };
  await media.start();
  sender.start();
  await videos.start();
  await streams.start();
  const closeServices = async (): Promise<void> => {
    watch.close();
    access.keys.close();
    await videos.stop();
    await streams.close();
    await hub.settled();
    await sender.close();
    await frames.settled();
    await store.close();
  };
  const { host = '127.0.0.1', port = 0 } = options;
  const server = await startServer({ host, port, services }).catch(async (error: unknown) => {
    await closeServices();
    throw error;
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closed ??= (async () => {
      await server.close();
      await closeServices();
    })());
  closing.push(close);
  return { url: server.url, services, folder, bugs, lines, close };
}

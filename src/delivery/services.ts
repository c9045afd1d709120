import type { AccessGate } from './access/access-gate.js';
import type { KeyRing } from './access/key-ring.js';
import type { Tickets } from './access/tickets.js';
import type { RemoteClient } from './remote/remote-client.js';
import type { Log } from '../shared/log.js';
import type { Store } from '../store/store.js';
import type { ChatBodyLimits } from './chat/chat-body-reader.js';
import type { ChatCompletions } from './chat/chat-completions.js';
import type { FrameKeeper } from './frames/frame-keeper.js';
import type { VideoFrames } from './frames/video-frames.js';
import type { LiveLimits } from './live/live-limits.js';
import type { TopicHub } from './live/topic-hub.js';
import type { SampleShelf } from './samples/sample-shelf.js';
import type { ServerWatch } from './operations/server-watch.js';
import type { ModelStateSource } from './served-model.js';
import type { StreamManager } from './streams/stream-manager.js';
import type { VideoDownloads } from './videos/video-downloads.js';
import type { VideoLibrary } from './videos/video-library.js';
import type { WebhookRegistry } from './webhooks/webhook-registry.js';

/** Nest's token for the store. */
export const STORE = Symbol('STORE');
/** Nest's token for the topics. */
export const TOPICS = Symbol('TOPICS');

/** Nest's token for the folder where uploads arrive. */
export const UPLOADS_FOLDER = Symbol('UPLOADS_FOLDER');
/** Nest's token for the version of the package. */
export const VERSION = Symbol('VERSION');

/** Who may do what. */
export interface ServerAccess {
  readonly keys: KeyRing;
  readonly tickets: Tickets;
  readonly gate: AccessGate;
}

/** What the server serves; the composition root makes and closes it. */
export interface Services {
  readonly modelState: ModelStateSource;
  readonly store: Store;
  readonly hub: TopicHub;
  readonly videos: VideoLibrary;
  readonly streams: StreamManager;
  readonly frames: FrameKeeper;
  readonly videoFrames: VideoFrames;
  readonly samples: SampleShelf;
  /** Where the built dashboard lies. */
  readonly dashboardFolder: string;
  /** The way to addresses that come with requests. */
  readonly remote: RemoteClient;
  readonly downloads: VideoDownloads;
  readonly watch: ServerWatch;
  readonly version: string;
  readonly chats: ChatCompletions;
  readonly webhooks: WebhookRegistry;
  readonly access: ServerAccess;
  /** Origins of other sites whose pages may ask. */
  readonly corsOrigins: readonly string[];
  readonly maxConnections: number;
  readonly liveLimits: LiveLimits;
  readonly chatLimits: ChatBodyLimits;
  /** Where uploads arrive. */
  readonly uploadsFolder: string;
  readonly maxUploadBytes: number;
  readonly log: Log;
  /** How long what is being answered may go on when the server ends. */
  readonly shutdownSeconds: number;
  /** Told what nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

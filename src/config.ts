import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LOG_FORMATS, LOG_LEVELS } from './config/log-settings.js';
import { type GivenSetting, readSettings } from './config/read-settings.js';
import type { SettingValues } from './config/settings.js';
import type { PrecisionSetting } from './model/choose-precision.js';
import { DEFAULT_QUEUE_LIMITS, type QueueLimits } from './model/queue-limits.js';
import { DEFAULT_STALL_LIMITS, type StallLimits } from './model/stall-watch.js';
import type { ExecutionProvider } from './runtime/execution-provider.js';
import { withHugePages } from './runtime/huge-pages.js';

/** All settings, from the environment and one file; `SETTINGS` describes each. Paths are absolute. */
export interface Config {
  /** null: the bundled model. */
  readonly modelDirectory: string | null;
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly precision: PrecisionSetting;
  readonly provider: ExecutionProvider;
  readonly imageTokenCacheBytes: number;
  /** How long the first frame of a vision pass waits for others. */
  readonly batchFillMs: number;
  /** Distance up to which a frame takes the image tokens of an earlier one; 0 never. */
  readonly stillThreshold: number;
  readonly queueLimits: Partial<QueueLimits>;
  readonly stallLimits: StallLimits;
  /** Of processes that compute: this process's own, and how they take memory. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly ffmpeg: {
    readonly ffmpegPath: string | undefined;
    readonly ffprobePath: string | undefined;
    readonly path: string | undefined;
  };
  readonly host: string;
  readonly port: number;
  /** What the server keeps: the store, videos, uploads that are under way. */
  readonly dataDirectory: string;
  readonly access: AccessConfig;
  readonly server: ServerLimits;
  readonly log: {
    readonly level: (typeof LOG_LEVELS)[number];
    readonly format: (typeof LOG_FORMATS)[number];
  };
  /** Folder of the Hugging Face cache with the `models--*` folders. */
  readonly huggingFaceHub: string;
  /** What `pull` asks the Hub with. */
  readonly huggingFace: {
    /** Without a closing `/`. */
    readonly endpoint: string;
    readonly token: string | null;
    /** Where other tools keep the token of their login. */
    readonly tokenFile: string;
    readonly isOffline: boolean;
  };
  readonly debug: boolean;
  readonly color: boolean;
  /** What was set, and where: for those who wonder. */
  readonly given: readonly GivenSetting[];
}

/** Who may reach the server, and how often. */
export interface AccessConfig {
  /** `NAME:SCOPES:TOPICS:HASH`, as `environmentKeys` takes them. */
  readonly keys: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly requestsPerMinute: number;
  readonly refusalsPerMinute: number;
  readonly maxConnections: number;
}

/** What the server takes and keeps at most. */
export interface ServerLimits {
  readonly maxUploadBytes: number;
  /** Of one chat request with its pictures and videos. */
  readonly maxChatBytes: number;
  readonly maxVideoSeconds: number;
  /** Width times height of a frame. */
  readonly maxVideoPixels: number;
  /** Empty: all. */
  readonly videoCodecs: readonly string[];
  /** For fetching a video from an address. */
  readonly urlSeconds: number;
  /** Of all videos together. */
  readonly videosBytes: number;
  /** Of all pictures of moments together. */
  readonly framesBytes: number;
  readonly maxWaitingJobs: number;
  readonly maxStreams: number;
  /** Which live sources may be opened, as `allowListed` takes them. */
  readonly streamAllow: readonly string[];
  /** Hosts and networks that addresses in requests may lead to though they are not public. */
  readonly urlAllow: readonly string[];
  /** How long, and how much of, the events of streams are kept. */
  readonly retentionSeconds: number;
  readonly retentionBytes: number;
  /** With less room on its disk it is not ready. */
  readonly minFreeBytes: number;
  /** How long what is being answered may go on at the end. */
  readonly shutdownSeconds: number;
}

/**
 * Reads the settings once; nothing else reads the environment.
 * @param file configuration file; goes before PALISTREAM_CONFIG
 * @throws EnvironmentError `bad_configuration`, naming every bad setting at once
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, file?: string): Config {
  const { values: data, given } = readSettings(env, file);
  const caches = userCaches(data);
  return Object.freeze({
    modelDirectory: data.PALISTREAM_MODEL === undefined ? null : resolve(data.PALISTREAM_MODEL),
    cacheDirectory: resolve(data.PALISTREAM_CACHE_DIR ?? join(caches, 'palistream')),
    threads: data.PALISTREAM_THREADS ?? availableParallelism(),
    precision: data.PALISTREAM_PRECISION ?? 'auto',
    provider: data.PALISTREAM_PROVIDER ?? 'cpu',
    imageTokenCacheBytes: (data.PALISTREAM_IMAGE_CACHE_MB ?? 256) * 1_000_000,
    batchFillMs: data.PALISTREAM_BATCH_FILL_MS ?? 3,
    stillThreshold: data.PALISTREAM_STILL_THRESHOLD ?? 0,
    queueLimits: queueLimits(data),
    stallLimits: stallLimits(data),
    environment: Object.freeze({ ...withHugePages(env) }),
    ffmpeg: Object.freeze({ ffmpegPath: data.FFMPEG_PATH, ffprobePath: data.FFPROBE_PATH, path: data.PATH }),
    host: data.PALISTREAM_HOST ?? '127.0.0.1',
    port: data.PALISTREAM_PORT ?? 8080,
    dataDirectory: resolve(data.PALISTREAM_DATA_DIR ?? join(userData(data), 'palistream')),
    access: accessConfig(data),
    server: serverLimits(data),
    log: Object.freeze({
      level: data.PALISTREAM_LOG_LEVEL ?? 'info',
      format: data.PALISTREAM_LOG_FORMAT ?? 'auto',
    }),
    huggingFaceHub: resolve(data.HF_HUB_CACHE ?? join(huggingFaceHome(data), 'hub')),
    huggingFace: Object.freeze({
      endpoint: (data.HF_ENDPOINT ?? 'https://huggingface.co').replace(/\/+$/, ''),
      token: data.HF_TOKEN?.trim() ?? null,
      tokenFile: resolve(data.HF_TOKEN_PATH ?? join(huggingFaceHome(data), 'token')),
      isOffline: data.HF_HUB_OFFLINE === '1' || data.HF_HUB_OFFLINE === 'true',
    }),
    debug: data.PALISTREAM_DEBUG === '1' || data.PALISTREAM_DEBUG === 'true',
    color: data.NO_COLOR === undefined,
    given: Object.freeze(given),
  });
}

function accessConfig(data: SettingValues): AccessConfig {
  return Object.freeze({
    keys: entries(data.PALISTREAM_KEYS),
    corsOrigins: entries(data.PALISTREAM_CORS_ORIGINS),
    requestsPerMinute: data.PALISTREAM_REQUESTS_PER_MINUTE ?? 6000,
    refusalsPerMinute: data.PALISTREAM_REFUSALS_PER_MINUTE ?? 60,
    maxConnections: data.PALISTREAM_MAX_CONNECTIONS ?? 12_000,
  });
}

function serverLimits(data: SettingValues): ServerLimits {
  return Object.freeze({
    maxUploadBytes: (data.PALISTREAM_UPLOAD_MB ?? 4000) * 1_000_000,
    maxChatBytes: (data.PALISTREAM_CHAT_MB ?? 32) * 1_000_000,
    maxVideoSeconds: data.PALISTREAM_MAX_VIDEO_SECONDS ?? 6 * 3600,
    maxVideoPixels: data.PALISTREAM_MAX_VIDEO_PIXELS ?? 8192 * 4320,
    videoCodecs: entries(data.PALISTREAM_VIDEO_CODECS),
    urlSeconds: data.PALISTREAM_URL_SECONDS ?? 600,
    videosBytes: (data.PALISTREAM_VIDEOS_MB ?? 20_000) * 1_000_000,
    framesBytes: (data.PALISTREAM_FRAMES_MB ?? 500) * 1_000_000,
    maxWaitingJobs: data.PALISTREAM_MAX_JOBS ?? 1000,
    maxStreams: data.PALISTREAM_MAX_STREAMS ?? 64,
    streamAllow: entries(data.PALISTREAM_STREAM_ALLOW),
    urlAllow: entries(data.PALISTREAM_URL_ALLOW),
    retentionSeconds: (data.PALISTREAM_RETENTION_DAYS ?? 30) * 86_400,
    minFreeBytes: (data.PALISTREAM_MIN_FREE_MB ?? 100) * 1_000_000,
    shutdownSeconds: data.PALISTREAM_SHUTDOWN_SECONDS ?? 5,
    retentionBytes: (data.PALISTREAM_RETENTION_MB ?? 1000) * 1_000_000,
  });
}

/** A list parted by commas. */
function entries(list = ''): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Where this system keeps what a program must not lose. */
function userData({ XDG_DATA_HOME, LOCALAPPDATA }: SettingValues): string {
  if (XDG_DATA_HOME !== undefined) return XDG_DATA_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return join(homedir(), '.local', 'share');
}

function queueLimits(data: SettingValues): Partial<QueueLimits> {
  const { PALISTREAM_WAITING_MB: waiting, PALISTREAM_RUNNING_TOKENS: running } = data;
  return Object.freeze({
    maxBatch: data.PALISTREAM_MAX_BATCH ?? DEFAULT_QUEUE_LIMITS.maxBatch,
    ...(running === undefined ? {} : { maxRunningTokens: running }), // else as the model and the memory allow
    maxWaiting: data.PALISTREAM_MAX_WAITING ?? DEFAULT_QUEUE_LIMITS.maxWaiting,
    maxWaitingBytes: waiting === undefined ? DEFAULT_QUEUE_LIMITS.maxWaitingBytes : waiting * 1_000_000,
  });
}

function stallLimits(data: SettingValues): StallLimits {
  return Object.freeze({
    stallSeconds: data.PALISTREAM_STALL_SECONDS ?? DEFAULT_STALL_LIMITS.stallSeconds,
    runLimitSeconds: data.PALISTREAM_RUN_LIMIT_SECONDS ?? DEFAULT_STALL_LIMITS.runLimitSeconds,
  });
}

/** On every system the same, as Hugging Face's own tools have it. */
function huggingFaceHome({ HF_HOME, XDG_CACHE_HOME }: SettingValues): string {
  return HF_HOME ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'huggingface');
}

/** Where this system keeps what can be made again. */
function userCaches({ XDG_CACHE_HOME, LOCALAPPDATA }: SettingValues): string {
  if (XDG_CACHE_HOME !== undefined) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return join(homedir(), '.cache');
}

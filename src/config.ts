import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PRECISIONS, type PrecisionSetting } from './model/choose-precision.js';
import { DEFAULT_QUEUE_LIMITS, type QueueLimits } from './model/queue-limits.js';
import { DEFAULT_STALL_LIMITS, type StallLimits } from './model/stall-watch.js';
import { EXECUTION_PROVIDERS, type ExecutionProvider } from './runtime/execution-provider.js';
import { EnvironmentError } from './shared/errors.js';

/** All settings, from the environment; docs/config.md describes each. Paths are absolute. */
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
  readonly queueLimits: QueueLimits;
  readonly stallLimits: StallLimits;
  readonly ffmpeg: {
    readonly ffmpegPath: string | undefined;
    readonly ffprobePath: string | undefined;
    readonly path: string | undefined;
  };
  readonly host: string;
  readonly port: number;
  /** What the server keeps: the store, videos, uploads that are under way. */
  readonly dataDirectory: string;
  readonly server: ServerLimits;
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
}

/** What the server takes and keeps at most. */
export interface ServerLimits {
  readonly maxUploadBytes: number;
  readonly maxVideoSeconds: number;
  /** Of all videos together. */
  readonly videosBytes: number;
  readonly maxWaitingJobs: number;
  readonly maxStreams: number;
  /** Which live sources may be opened, as `allowListed` takes them. */
  readonly streamAllow: readonly string[];
  /** How long, and how much of, the events of streams are kept. */
  readonly retentionSeconds: number;
  readonly retentionBytes: number;
}

/** An empty variable counts as unset, as shells and compose files leave them. */
const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();
const whole = (low: number, high: number) =>
  text.pipe(
    z
      .string()
      .regex(/^\d+$/, `must be a whole number from ${low} to ${high}`)
      .transform(Number)
      .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`)
      .optional(),
  );
const share = text.pipe(
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number from 0 to 1')
    .transform(Number)
    .refine((value) => value <= 1, 'must be a number from 0 to 1')
    .optional(),
);
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  text.pipe(z.enum(names, `must be one of ${names.join(', ')}`).optional());
const yes = text.pipe(z.enum(['0', '1', 'true', 'false'], 'must be 1, 0, true or false').optional());

const address = text.pipe(
  z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/, 'must be an address such as https://huggingface.co')
    .optional(),
);

/** Every variable that is read; a test holds it against docs/config.md. */
export const ENVIRONMENT = z.object({
  PALISTREAM_MODEL: text,
  PALISTREAM_CACHE_DIR: text,
  PALISTREAM_THREADS: whole(1, 1024),
  PALISTREAM_PRECISION: oneOf(PRECISIONS),
  PALISTREAM_PROVIDER: oneOf(EXECUTION_PROVIDERS),
  PALISTREAM_IMAGE_CACHE_MB: whole(0, 1_000_000),
  PALISTREAM_MAX_BATCH: whole(1, 64),
  PALISTREAM_RUNNING_TOKENS: whole(1, 100_000_000),
  PALISTREAM_MAX_WAITING: whole(1, 100_000),
  PALISTREAM_WAITING_MB: whole(1, 1_000_000),
  PALISTREAM_BATCH_FILL_MS: whole(0, 1000),
  PALISTREAM_STILL_THRESHOLD: share,
  PALISTREAM_STALL_SECONDS: whole(3, 86_400),
  PALISTREAM_RUN_LIMIT_SECONDS: whole(3, 86_400),
  PALISTREAM_HOST: text,
  PALISTREAM_PORT: whole(0, 65_535),
  PALISTREAM_DATA_DIR: text,
  PALISTREAM_UPLOAD_MB: whole(1, 1_000_000),
  PALISTREAM_MAX_VIDEO_SECONDS: whole(1, 86_400),
  PALISTREAM_VIDEOS_MB: whole(1, 100_000_000),
  PALISTREAM_MAX_JOBS: whole(1, 1_000_000),
  PALISTREAM_MAX_STREAMS: whole(0, 10_000),
  PALISTREAM_STREAM_ALLOW: text,
  PALISTREAM_RETENTION_DAYS: whole(1, 36_500),
  PALISTREAM_RETENTION_MB: whole(1, 100_000_000),
  PALISTREAM_DEBUG: yes,
  FFMPEG_PATH: text,
  FFPROBE_PATH: text,
  PATH: text,
  NO_COLOR: text,
  HF_ENDPOINT: address,
  HF_TOKEN: text,
  HF_TOKEN_PATH: text,
  HF_HUB_OFFLINE: yes,
  HF_HOME: text,
  HF_HUB_CACHE: text,
  XDG_CACHE_HOME: text,
  XDG_DATA_HOME: text,
  LOCALAPPDATA: text,
});

/**
 * Reads the settings once; nothing else reads the environment.
 * @throws EnvironmentError `bad_configuration`, naming every bad variable at once
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = ENVIRONMENT.safeParse(env);
  if (!parsed.success) {
    const bad = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `${name} ${issue.message}, and is ${JSON.stringify(env[name])}`;
    });
    throw new EnvironmentError(
      'bad_configuration',
      `the environment has settings that cannot be: ${bad.join('; ')}`,
    );
  }
  const { data } = parsed;
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
    ffmpeg: Object.freeze({ ffmpegPath: data.FFMPEG_PATH, ffprobePath: data.FFPROBE_PATH, path: data.PATH }),
    host: data.PALISTREAM_HOST ?? '127.0.0.1',
    port: data.PALISTREAM_PORT ?? 8080,
    dataDirectory: resolve(data.PALISTREAM_DATA_DIR ?? join(userData(data), 'palistream')),
    server: serverLimits(data),
    huggingFaceHub: resolve(data.HF_HUB_CACHE ?? join(huggingFaceHome(data), 'hub')),
    huggingFace: Object.freeze({
      endpoint: (data.HF_ENDPOINT ?? 'https://huggingface.co').replace(/\/+$/, ''),
      token: data.HF_TOKEN?.trim() ?? null,
      tokenFile: resolve(data.HF_TOKEN_PATH ?? join(huggingFaceHome(data), 'token')),
      isOffline: data.HF_HUB_OFFLINE === '1' || data.HF_HUB_OFFLINE === 'true',
    }),
    debug: data.PALISTREAM_DEBUG === '1' || data.PALISTREAM_DEBUG === 'true',
    color: data.NO_COLOR === undefined,
  });
}

function serverLimits(data: z.infer<typeof ENVIRONMENT>): ServerLimits {
  return Object.freeze({
    maxUploadBytes: (data.PALISTREAM_UPLOAD_MB ?? 4000) * 1_000_000,
    maxVideoSeconds: data.PALISTREAM_MAX_VIDEO_SECONDS ?? 6 * 3600,
    videosBytes: (data.PALISTREAM_VIDEOS_MB ?? 20_000) * 1_000_000,
    maxWaitingJobs: data.PALISTREAM_MAX_JOBS ?? 1000,
    maxStreams: data.PALISTREAM_MAX_STREAMS ?? 64,
    streamAllow: (data.PALISTREAM_STREAM_ALLOW ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
    retentionSeconds: (data.PALISTREAM_RETENTION_DAYS ?? 30) * 86_400,
    retentionBytes: (data.PALISTREAM_RETENTION_MB ?? 1000) * 1_000_000,
  });
}

/** Where this system keeps what a program must not lose. */
function userData({ XDG_DATA_HOME, LOCALAPPDATA }: z.infer<typeof ENVIRONMENT>): string {
  if (XDG_DATA_HOME !== undefined) return XDG_DATA_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return join(homedir(), '.local', 'share');
}

function queueLimits(data: z.infer<typeof ENVIRONMENT>): QueueLimits {
  const { PALISTREAM_WAITING_MB: waiting } = data;
  return Object.freeze({
    maxBatch: data.PALISTREAM_MAX_BATCH ?? DEFAULT_QUEUE_LIMITS.maxBatch,
    maxRunningTokens: data.PALISTREAM_RUNNING_TOKENS ?? DEFAULT_QUEUE_LIMITS.maxRunningTokens,
    maxWaiting: data.PALISTREAM_MAX_WAITING ?? DEFAULT_QUEUE_LIMITS.maxWaiting,
    maxWaitingBytes: waiting === undefined ? DEFAULT_QUEUE_LIMITS.maxWaitingBytes : waiting * 1_000_000,
  });
}

function stallLimits(data: z.infer<typeof ENVIRONMENT>): StallLimits {
  return Object.freeze({
    stallSeconds: data.PALISTREAM_STALL_SECONDS ?? DEFAULT_STALL_LIMITS.stallSeconds,
    runLimitSeconds: data.PALISTREAM_RUN_LIMIT_SECONDS ?? DEFAULT_STALL_LIMITS.runLimitSeconds,
  });
}

/** On every system the same, as Hugging Face's own tools have it. */
function huggingFaceHome({ HF_HOME, XDG_CACHE_HOME }: z.infer<typeof ENVIRONMENT>): string {
  return HF_HOME ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'huggingface');
}

/** Where this system keeps what can be made again. */
function userCaches({ XDG_CACHE_HOME, LOCALAPPDATA }: z.infer<typeof ENVIRONMENT>): string {
  if (XDG_CACHE_HOME !== undefined) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return join(homedir(), '.cache');
}

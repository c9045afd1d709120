import { z } from 'zod';
import { PRECISIONS } from '../model/choose-precision.js';
import { EXECUTION_PROVIDERS } from '../runtime/execution-provider.js';
import { LOG_FORMATS, LOG_LEVELS } from './log-settings.js';
import type { Setting } from './setting.js';
import { address, oneOf, origins, share, text, whole, yes } from './setting-schemas.js';

/**
 * Every setting by the name of its variable, in the order in which they are told. `palistream config`, the help of
 * `serve` and docs/config.md show this table.
 */
export const SETTINGS = {
  PALISTREAM_CONFIG: {
    schema: text,
    key: null,
    default: 'none',
    meaning:
      'File of settings, YAML or JSON; `--config` goes before it. The environment goes before the file.',
    isPath: true,
  },
  PALISTREAM_MODEL: {
    schema: text,
    key: 'model',
    default: 'the bundled `models/nano`',
    meaning: 'Folder of the PaliGemma checkpoint to use (Hugging Face layout).',
    isPath: true,
  },
  PALISTREAM_CACHE_DIR: {
    schema: text,
    key: 'cache_dir',
    default: "`palistream` in the user's cache folder",
    meaning:
      'Where converted weights are kept; what was not used for 30 days is removed. May be deleted at any time.',
    isPath: true,
  },
  PALISTREAM_THREADS: {
    schema: whole(1, 1024),
    key: 'threads',
    default: 'the number of processors that may be used',
    meaning: 'Threads of the model, 1 to 1024.',
  },
  PALISTREAM_PRECISION: {
    schema: oneOf(PRECISIONS),
    key: 'precision',
    default: '`auto`',
    meaning:
      'Number type of the model: `f32`, `int8`, `int4`, or `auto`, which is float32 for small models, else int8, or int4 where memory is short ([precision.md](precision.md)).',
  },
  PALISTREAM_PROVIDER: {
    schema: oneOf(EXECUTION_PROVIDERS),
    key: 'provider',
    default: '`cpu`',
    meaning:
      'What computes: `cpu`, `cuda`, `webgpu`, `coreml` or `dml`. One that does not work here is replaced by the processor, with a warning that names the missing library.',
  },
  PALISTREAM_IMAGE_CACHE_MB: {
    schema: whole(0, 1_000_000),
    key: 'image_cache_mb',
    default: '`256`',
    meaning:
      'Most memory, in millions of bytes, for image tokens of frames that are asked about again; 0 keeps none.',
  },
  PALISTREAM_MAX_BATCH: {
    schema: whole(1, 64),
    key: 'max_batch',
    default: '`4`',
    meaning:
      'Sequences that the model writes together; a beam is one. Routine captions leave one of them free for a question ([model-process.md](model-process.md)).',
  },
  PALISTREAM_RUNNING_TOKENS: {
    schema: whole(1, 100_000_000),
    key: 'running_tokens',
    default: '32768, fewer where they would take more than a fifth of the memory',
    meaning:
      'Most tokens, of frames, prompts and answers, of the requests that run together: bounds the memory of their keys and values. A request that has more runs alone.',
  },
  PALISTREAM_MAX_WAITING: {
    schema: whole(1, 100_000),
    key: 'max_waiting',
    default: '`64`',
    meaning: 'Most requests that wait for the model; routine captions may take half of it.',
  },
  PALISTREAM_WAITING_MB: {
    schema: whole(1, 1_000_000),
    key: 'waiting_mb',
    default: '`512`',
    meaning: 'Most millions of bytes of their pictures; routine captions may take half of it.',
  },
  PALISTREAM_BATCH_FILL_MS: {
    schema: whole(0, 1000),
    key: 'batch_fill_ms',
    default: '`3`',
    meaning: 'How long the first frame of a vision pass waits for frames of other streams, milliseconds.',
  },
  PALISTREAM_STILL_THRESHOLD: {
    schema: share,
    key: 'still_threshold',
    default: '`0`',
    meaning:
      "How little a frame may differ from an earlier one of its stream, 0 to 1, to take that one's image tokens; 0 never. 0.002 suits a camera that stands still.",
  },
  PALISTREAM_STALL_SECONDS: {
    schema: whole(3, 86_400),
    key: 'stall_seconds',
    default: '`30`',
    meaning: 'A model process that neither computes nor listens for so long is killed and started again.',
  },
  PALISTREAM_RUN_LIMIT_SECONDS: {
    schema: whole(3, 86_400),
    key: 'run_limit_seconds',
    default: '`900`',
    meaning:
      'A single computation, or a request without any sign of progress, may take so long before the process is killed.',
  },
  PALISTREAM_HOST: {
    schema: text,
    key: 'host',
    default: '`127.0.0.1`',
    meaning:
      'Address `serve` listens on. Without API keys only loopback addresses are accepted ([security.md](security.md)).',
  },
  PALISTREAM_PORT: {
    schema: whole(0, 65_535),
    key: 'port',
    default: '`8080`',
    meaning: 'Port `serve` listens on; 0 takes a free one.',
  },
  PALISTREAM_KEYS: {
    schema: text,
    key: 'keys',
    default: 'none',
    meaning:
      'API keys beside those of `palistream keys`, parted by commas, each `NAME:SCOPES:TOPICS:HASH`, as `palistream keys create --print-entry` writes them ([security.md](security.md)). They hold a hash, not the key.',
  },
  PALISTREAM_CORS_ORIGINS: {
    schema: origins,
    key: 'cors_origins',
    default: 'none',
    meaning:
      'Origins of other sites whose pages may call the server, parted by commas (`https://app.example`).',
  },
  PALISTREAM_REQUESTS_PER_MINUTE: {
    schema: whole(0, 10_000_000),
    key: 'requests_per_minute',
    default: '`6000`',
    meaning:
      'Most requests a minute of one key, or of one address without a key; more get 429. 0 for no limit.',
  },
  PALISTREAM_REFUSALS_PER_MINUTE: {
    schema: whole(0, 10_000_000),
    key: 'refusals_per_minute',
    default: '`60`',
    meaning:
      'Most requests a minute of one address that are refused for want of a valid key with 401; more get 429. 0 for no limit.',
  },
  PALISTREAM_MAX_CONNECTIONS: {
    schema: whole(1, 1_000_000),
    key: 'max_connections',
    default: '`12000`',
    meaning: 'Most connections at a time; more get 503 and are closed.',
  },
  PALISTREAM_DATA_DIR: {
    schema: text,
    key: 'data_dir',
    default: "`palistream` in the user's data folder",
    meaning: 'What `serve` keeps: the store, the videos, uploads under way. One server at a time has it.',
    isPath: true,
  },
  PALISTREAM_UPLOAD_MB: {
    schema: whole(1, 1_000_000),
    key: 'upload_mb',
    default: '`4000`',
    meaning: 'Most millions of bytes of one upload.',
  },
  PALISTREAM_CHAT_MB: {
    schema: whole(1, 500),
    key: 'chat_mb',
    default: '`32`',
    meaning:
      'Most millions of bytes of one request to `/v1/chat/completions`, with the pictures and videos in it; eight times as much may be answered at a time.',
  },
  PALISTREAM_MAX_VIDEO_SECONDS: {
    schema: whole(1, 86_400),
    key: 'max_video_seconds',
    default: '`21600`',
    meaning: 'Longest video that is taken in, seconds.',
  },
  PALISTREAM_MAX_VIDEO_PIXELS: {
    schema: whole(1, 132_710_400),
    key: 'max_video_pixels',
    default: '`35389440`',
    meaning:
      'Most pixels of a frame of a video or picture that is taken in, width times height; the default is 8192 x 4320.',
  },
  PALISTREAM_VIDEO_CODECS: {
    schema: text,
    key: 'video_codecs',
    default: 'all',
    meaning: "Video codecs that are taken in, by ffmpeg's names, parted by commas (`h264,hevc,vp9,av1`).",
  },
  PALISTREAM_URL_SECONDS: {
    schema: whole(1, 86_400),
    key: 'url_seconds',
    default: '`600`',
    meaning: 'So long fetching a video from an address may take, seconds.',
  },
  PALISTREAM_VIDEOS_MB: {
    schema: whole(1, 100_000_000),
    key: 'videos_mb',
    default: '`20000`',
    meaning: 'Most millions of bytes of all videos and their proxies together.',
  },
  PALISTREAM_FRAMES_MB: {
    schema: whole(0, 100_000_000),
    key: 'frames_mb',
    default: '`500`',
    meaning: 'Most millions of bytes of pictures of moments; the oldest go first, 0 keeps none.',
  },
  PALISTREAM_MAX_JOBS: {
    schema: whole(1, 1_000_000),
    key: 'max_jobs',
    default: '`1000`',
    meaning: 'Most jobs that wait.',
  },
  PALISTREAM_MAX_STREAMS: {
    schema: whole(0, 10_000),
    key: 'max_streams',
    default: '`64`',
    meaning: 'Most live streams that are kept.',
  },
  PALISTREAM_STREAM_ALLOW: {
    schema: text,
    key: 'stream_allow',
    default: 'none',
    meaning:
      'Live sources that may be opened, parted by commas: hosts (`cam.example`, `10.0.0.5:554`, `*.cams.example`), networks (`192.168.1.0/24`), folders (`file:///videos`), devices (`v4l2:///dev/video0`).',
  },
  PALISTREAM_URL_ALLOW: {
    schema: text,
    key: 'url_allow',
    default: 'none',
    meaning:
      'Hosts (`nas.lan`, `10.0.0.5:9000`) and networks (`192.168.1.0/24`) that addresses in requests may lead to though they are not public, parted by commas. Public hosts need no entry.',
  },
  PALISTREAM_RETENTION_DAYS: {
    schema: whole(1, 36_500),
    key: 'retention_days',
    default: '`30`',
    meaning: 'How long events of streams are kept. Results of videos are kept as long as the video.',
  },
  PALISTREAM_RETENTION_MB: {
    schema: whole(1, 100_000_000),
    key: 'retention_mb',
    default: '`1000`',
    meaning: 'Most millions of bytes of events of streams; the oldest go first.',
  },
  PALISTREAM_MIN_FREE_MB: {
    schema: whole(0, 100_000_000),
    key: 'min_free_mb',
    default: '`100`',
    meaning:
      'With less room than this on the disk of the data folder, in millions of bytes, `/health/ready` says that the server is not ready.',
  },
  PALISTREAM_SHUTDOWN_SECONDS: {
    schema: whole(0, 3600),
    key: 'shutdown_seconds',
    default: '`5`',
    meaning:
      'How long questions and requests that are being answered may go on when the server is told to end; jobs go back into the queue at once. Three seconds later at most it is gone.',
  },
  PALISTREAM_LOG_LEVEL: {
    schema: oneOf(LOG_LEVELS),
    key: 'log_level',
    default: '`info`',
    meaning:
      'What `serve` logs on stderr: `debug` adds every result and the requests of machines that look after the server; `silent` logs nothing.',
  },
  PALISTREAM_LOG_FORMAT: {
    schema: oneOf(LOG_FORMATS),
    key: 'log_format',
    default: '`auto`',
    meaning: '`json`, one object a line; `pretty`, for people; `auto` is pretty on a terminal.',
  },
  PALISTREAM_DEBUG: {
    schema: yes,
    key: 'debug',
    default: '`0`',
    meaning: '`1` prints the stack trace of an error below its line.',
  },
  FFMPEG_PATH: {
    schema: text,
    key: 'ffmpeg_path',
    default: 'ffmpeg on the `PATH`, else the bundled one',
    meaning: 'The ffmpeg program itself.',
    isPath: true,
  },
  FFPROBE_PATH: {
    schema: text,
    key: 'ffprobe_path',
    default: 'ffprobe beside ffmpeg or on the `PATH`, else the bundled one',
    meaning: 'The ffprobe program itself.',
    isPath: true,
  },
  PATH: {
    schema: text,
    key: null,
    default: null,
    meaning: 'Searched for ffmpeg and ffprobe.',
  },
  NO_COLOR: {
    schema: text,
    key: null,
    default: null,
    meaning: 'Set to anything: no colours.',
  },
  HF_HUB_CACHE: {
    schema: text,
    key: 'hf_hub_cache',
    default: '`hub` in `HF_HOME`',
    meaning:
      "Hugging Face's cache: `pull` fetches into it, `--model owner/name` and `models` look there ([checkpoints.md](checkpoints.md)).",
    isPath: true,
  },
  HF_ENDPOINT: {
    schema: address,
    key: 'hf_endpoint',
    default: '`https://huggingface.co`',
    meaning: 'Where `pull` fetches from: the Hub or a mirror.',
  },
  HF_TOKEN: {
    schema: text,
    key: 'hf_token',
    default: 'what `HF_TOKEN_PATH` holds',
    meaning:
      'Token for gated and private models. It is sent to `HF_ENDPOINT` only, and over `https` only (but on this machine).',
    isSecret: true,
  },
  HF_TOKEN_PATH: {
    schema: text,
    key: 'hf_token_path',
    default: '`token` in `HF_HOME`',
    meaning: 'File with the token, as other tools write it at their login.',
    isPath: true,
  },
  HF_HUB_OFFLINE: {
    schema: yes,
    key: 'hf_hub_offline',
    default: '`0`',
    meaning: '`1` forbids `pull` to ask the network.',
  },
  HF_HOME: {
    schema: text,
    key: null,
    default: '`huggingface` in `XDG_CACHE_HOME`, or `~/.cache/huggingface`',
    meaning: "Hugging Face's home, where `HF_HUB_CACHE` is not set.",
  },
  XDG_CACHE_HOME: {
    schema: text,
    key: null,
    default: '`~/.cache`, on macOS `~/Library/Caches`',
    meaning: "The user's cache folder.",
  },
  XDG_DATA_HOME: {
    schema: text,
    key: null,
    default: '`~/.local/share`, on macOS `~/Library/Application Support`',
    meaning: "The user's data folder.",
  },
  LOCALAPPDATA: {
    schema: text,
    key: null,
    default: '`AppData\\Local` in the home folder',
    meaning: "The user's cache and data folder on Windows.",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

type Schemas = { readonly [Name in SettingName]: (typeof SETTINGS)[Name]['schema'] };

/** All settings at once, as they are checked. */
export const SETTINGS_SCHEMA = z.object(
  Object.fromEntries(Object.entries(SETTINGS).map(([name, { schema }]) => [name, schema])) as Schemas,
);
export type SettingValues = z.infer<typeof SETTINGS_SCHEMA>;

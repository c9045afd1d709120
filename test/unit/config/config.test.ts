import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../../src/config/settings.js';
import { loadConfig } from '../../../src/config.js';

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({ XDG_CACHE_HOME: '/caches', XDG_DATA_HOME: '/data', HF_HOME: '/hf' })).toEqual({
      modelDirectory: null,
      dataDirectory: '/data/palistream',
      access: {
        keys: [],
        corsOrigins: [],
        requestsPerMinute: 6000,
        refusalsPerMinute: 60,
        maxConnections: 12_000,
      },
      server: {
        maxUploadBytes: 4_000_000_000,
        maxChatBytes: 32_000_000,
        maxVideoSeconds: 21_600,
        maxVideoPixels: 35_389_440,
        videoCodecs: [],
        urlSeconds: 600,
        videosBytes: 20_000_000_000,
        framesBytes: 500_000_000,
        maxWaitingJobs: 1000,
        maxStreams: 64,
        streamAllow: [],
        urlAllow: [],
        retentionSeconds: 2_592_000,
        retentionBytes: 1_000_000_000,
        minFreeBytes: 100_000_000,
        shutdownSeconds: 5,
      },
      log: { level: 'info', format: 'auto' },
      environment: {
        XDG_CACHE_HOME: '/caches',
        XDG_DATA_HOME: '/data',
        HF_HOME: '/hf',
        GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
      },
      cacheDirectory: '/caches/palistream',
      threads: availableParallelism(),
      precision: 'auto',
      provider: 'cpu',
      imageTokenCacheBytes: 256_000_000,
      batchFillMs: 3,
      stillThreshold: 0,
      queueLimits: { maxBatch: 4, maxWaiting: 64, maxWaitingBytes: 512_000_000 },
      stallLimits: { stallSeconds: 30, runLimitSeconds: 900 },
      ffmpeg: { ffmpegPath: undefined, ffprobePath: undefined, path: undefined },
      host: '127.0.0.1',
      port: 8080,
      huggingFaceHub: '/hf/hub',
      huggingFace: {
        endpoint: 'https://huggingface.co',
        token: null,
        tokenFile: '/hf/token',
        isOffline: false,
      },
      debug: false,
      color: true,
      given: [
        { name: 'HF_HOME', text: '/hf', origin: 'the environment' },
        { name: 'XDG_CACHE_HOME', text: '/caches', origin: 'the environment' },
        { name: 'XDG_DATA_HOME', text: '/data', origin: 'the environment' },
      ],
    });
  });

  it('asks the Hub as its own tools do', () => {
    const set = loadConfig({
      HF_ENDPOINT: 'https://mirror.example/hub/',
      HF_TOKEN: ' hf_x\n',
      HF_TOKEN_PATH: '/secrets/token',
      HF_HUB_OFFLINE: '1',
      XDG_CACHE_HOME: '/caches',
    });
    expect(set.huggingFaceHub).toBe('/caches/huggingface/hub');
    expect(set.huggingFace).toEqual({
      endpoint: 'https://mirror.example/hub',
      token: 'hf_x',
      tokenFile: '/secrets/token',
      isOffline: true,
    });
    for (const bad of ['huggingface.co', 'ftp://huggingface.co', 'https://user:pass@huggingface.co']) {
      expect(() => loadConfig({ HF_ENDPOINT: bad })).toThrow(
        /HF_ENDPOINT in the environment must be an address/,
      );
    }
  });

  it('takes what is set, and an empty variable as unset', () => {
    const config = loadConfig({
      PALISTREAM_MODEL: '/models/big',
      PALISTREAM_THREADS: '3',
      PALISTREAM_PORT: '',
      PALISTREAM_IMAGE_CACHE_MB: '0',
      PALISTREAM_MAX_BATCH: '8',
      PALISTREAM_WAITING_MB: '64',
      PALISTREAM_STILL_THRESHOLD: '0.002',
      PALISTREAM_STALL_SECONDS: '10',
      PALISTREAM_DEBUG: '1',
      FFMPEG_PATH: '/opt/ffmpeg',
      NO_COLOR: '1',
      HF_HUB_CACHE: '/hub',
    });
    expect(config).toMatchObject({
      modelDirectory: '/models/big',
      threads: 3,
      port: 8080,
      imageTokenCacheBytes: 0,
      stillThreshold: 0.002,
      queueLimits: { maxBatch: 8, maxWaiting: 64, maxWaitingBytes: 64_000_000 },
      stallLimits: { stallSeconds: 10, runLimitSeconds: 900 },
      debug: true,
      color: false,
      ffmpeg: { ffmpegPath: '/opt/ffmpeg' },
      huggingFaceHub: '/hub',
    });
  });

  it('names every bad variable at once', () => {
    const load = () =>
      loadConfig({ PALISTREAM_THREADS: '0', PALISTREAM_PORT: '70000', PALISTREAM_DEBUG: 'maybe' });
    expect(load).toThrow(
      /PALISTREAM_THREADS in the environment must be a whole number from 1 to 1024, and is "0"; PALISTREAM_PORT .*"70000"; PALISTREAM_DEBUG .*"maybe"/,
    );
    expect(load).toThrow(expect.objectContaining({ code: 'bad_configuration', name: 'EnvironmentError' }));
    expect(() => loadConfig({ PALISTREAM_PORT: '-1' })).toThrow(/PALISTREAM_PORT/);
    expect(() => loadConfig({ PALISTREAM_STILL_THRESHOLD: '1.5' })).toThrow(/must be a number from 0 to 1/);
  });

  it('is frozen', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.ffmpeg) && Object.isFrozen(config.environment)).toBe(true);
    expect(Object.isFrozen(config.queueLimits) && Object.isFrozen(config.stallLimits)).toBe(true);
  });

  it('does by default what the table says', () => {
    const presets = Object.entries(SETTINGS).flatMap(([name, { default: preset, key }]) => {
      const value = key === null ? null : /^`(\S+)`$/.exec(preset)?.[1];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    expect(presets.length).toBeGreaterThan(15);
    const variables = Object.fromEntries(presets) as NodeJS.ProcessEnv;
    expect(loadConfig(variables)).toEqual({
      ...loadConfig({}),
      environment: { ...variables, GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' },
      given: expect.any(Array) as unknown,
    });
  });

  it('is told in docs/config.md as the table says', () => {
    const rows = Object.entries(SETTINGS).map(([name, { key, default: preset, meaning }]) => {
      const inFile = key === null ? '' : `\`${key}\``;
      return `| \`${name}\` | ${inFile} | ${preset ?? ''} | ${meaning} |`;
    });
    const document = readFileSync('docs/config.md', 'utf8');
    expect(document.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });

  it('is the only file that reads the environment', () => {
    const readers = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /process\.env\b|process\['env'\]|\benv\b.*from 'node:process'/.test(code(join('src', file))),
      );
    expect(readers).toEqual(['config.ts']);
  });
});

/** The file without its comments. */
function code(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

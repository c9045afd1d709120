import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { Config } from '../config.js';
import { loadOnnxruntime } from '../runtime/load-onnxruntime.js';
import { messageOf } from '../shared/errors.js';
import type { FfmpegProgram } from '../source/ffmpeg-program.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import { bundledModelDirectory } from './bundled-model.js';

/** One thing looked at. */
export interface Check {
  readonly name: string;
  /** Whether it works. */
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
  /** What should be done though it works. */
  readonly advice: string | null;
}

/** The oldest Node this project runs on, as package.json's `engines` says. */
const OLDEST_NODE = [20, 19] as const;
/** Below it, even the bundled model and one ffmpeg are tight. */
const LITTLE_MEMORY_BYTES = 1e9;

/** Looks at everything a caption needs, each by itself: one failure hides no other. */
export async function doctorChecks(config: Config): Promise<Check[]> {
  const [runtime, programs, model, cache] = await Promise.all([
    runtimeCheck(),
    ffmpegChecks(config),
    modelCheck(config),
    cacheCheck(config),
  ]);
  return [nodeCheck(), machineCheck(config), runtime, ...programs, model, cache];
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const advice = ok ? null : `install Node ${OLDEST_NODE.join('.')} or newer`;
  return { name: 'node', ok, found: `${process.version} on ${process.platform} ${process.arch}`, advice };
}

function machineCheck(config: Config): Check {
  const memory = totalmem();
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return {
    name: 'machine',
    ok: true,
    found: `${availableParallelism()} processors (${model}), ${(memory / 1e9).toFixed(1)} GB of memory, ${config.threads} model threads`,
    advice: memory < LITTLE_MEMORY_BYTES ? 'there is little memory: keep to the bundled model' : null,
  };
}

async function runtimeCheck(): Promise<Check> {
  try {
    const onnxruntime = await loadOnnxruntime();
    const version = onnxruntime.env.versions.node ?? 'unknown version';
    const providers = onnxruntime
      .listSupportedBackends()
      .map((backend) => `${backend.name}${backend.bundled ? '' : ' (not installed)'}`);
    return {
      name: 'onnxruntime',
      ok: true,
      found: `${version}, providers: ${providers.join(', ')}`,
      advice: null,
    };
  } catch (error) {
    return { name: 'onnxruntime', ok: false, found: messageOf(error), advice: null };
  }
}

async function ffmpegChecks(config: Config): Promise<Check[]> {
  try {
    const { ffmpeg, ffprobe } = await findFfmpeg(config.ffmpeg);
    return [programCheck('ffmpeg', ffmpeg), programCheck('ffprobe', ffprobe)];
  } catch (error) {
    return [{ name: 'ffmpeg', ok: false, found: messageOf(error), advice: null }];
  }
}

function programCheck(name: string, program: FfmpegProgram): Check {
  const from = { setting: 'named by a setting', path: 'on the PATH', bundled: 'from an npm package' }[
    program.origin
  ];
  const year = program.year === undefined ? '' : ` of ${program.year}`;
  return {
    name,
    ok: true,
    found: `${program.version}${year}, ${from}: ${program.path}`,
    advice: program.advice ?? null,
  };
}

async function modelCheck(config: Config): Promise<Check> {
  const directory = config.modelDirectory ?? bundledModelDirectory();
  try {
    const { config: sizes } = await openCheckpoint(directory);
    const { imageSize } = sizes.vision;
    return {
      name: 'model',
      ok: true,
      found: `${directory}, pictures of ${imageSize}x${imageSize}`,
      advice: null,
    };
  } catch (error) {
    return { name: 'model', ok: false, found: messageOf(error), advice: null };
  }
}

async function cacheCheck({ cacheDirectory }: Config): Promise<Check> {
  const probe = join(cacheDirectory, `.doctor-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(cacheDirectory, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
    return { name: 'cache', ok: true, found: `${cacheDirectory} is writable`, advice: null };
  } catch (error) {
    const advice = 'name a folder that can be written to in PALISTREAM_CACHE_DIR';
    return { name: 'cache', ok: false, found: `${cacheDirectory}: ${messageOf(error)}`, advice };
  }
}

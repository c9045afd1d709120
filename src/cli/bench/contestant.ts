import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { convertedLayout } from '../../graph/converted-layout.js';
import type { Precision } from '../../graph/precision.js';
import { parametersOf } from '../../graph/stored-weights.js';
import type { EngineSettings } from './engines/bench-engine.js';
import type { PeerName } from './peer-names.js';
import type { TransformersType } from './peers/transformers-layout.js';
import { writeRandomGguf } from './peers/write-random-gguf.js';
import { writeTransformersFolder } from './peers/write-transformers-folder.js';

/** An engine that takes part, before it is opened. */
export interface Contestant {
  readonly name: string;
  readonly isOurs: boolean;
  /** Writes the files that it needs, once. */
  prepare(): Promise<{ readonly settings: EngineSettings; readonly weightsBytes: number }>;
}

export interface ContestSettings {
  readonly cacheDirectory: string;
  readonly threads: number;
  /** The longest text, words included. */
  readonly maxRows: number;
}

/** This project in one precision. */
export function ownContestant(
  checkpoint: Checkpoint,
  precision: Precision,
  { cacheDirectory, threads }: ContestSettings,
): Contestant {
  const { directory } = checkpoint;
  const bytes =
    precision === 'f32' ? 4 * parametersOf(checkpoint) : convertedLayout(checkpoint, precision).byteLength;
  const settings = { kind: 'palistream', directory, cacheDirectory, precision, threads } as const;
  return {
    name: `palistream ${precision}`,
    isOurs: true,
    prepare: () => Promise.resolve({ settings, weightsBytes: bytes }),
  };
}

/** A peer on the same weights, or (llama.cpp) on random ones of the same shape. */
export function peerContestant(
  checkpoint: Checkpoint,
  peer: PeerName,
  settings: ContestSettings,
): Contestant {
  return {
    name: peer.replace('-', ' '),
    isOurs: false,
    prepare: async () => {
      const folder = join(settings.cacheDirectory, 'bench', checkpoint.fingerprint);
      await mkdir(folder, { recursive: true });
      switch (peer) {
        case 'llama.cpp-q4_0':
          return prepareLlama(checkpoint, folder, settings);
        case 'transformers.js-fp32':
          return prepareTransformers(checkpoint, folder, 'fp32', settings);
        case 'transformers.js-q4':
          return prepareTransformers(checkpoint, folder, 'q4', settings);
      }
    },
  };
}

async function prepareTransformers(
  checkpoint: Checkpoint,
  folder: string,
  type: TransformersType,
  { threads }: ContestSettings,
) {
  const directory = join(folder, 'transformers');
  const weightsBytes = await writeTransformersFolder(checkpoint, directory, type);
  const { imageTokens, imageTokenId, vision } = checkpoint.config;
  const shape = { imageSize: vision.imageSize, imageTokens, imageTokenId };
  return { settings: { kind: 'transformers.js', directory, type, threads, ...shape } as const, weightsBytes };
}

async function prepareLlama(checkpoint: Checkpoint, folder: string, { threads, maxRows }: ContestSettings) {
  const file = join(folder, 'random-q4_0.gguf');
  if ((await stat(file).catch(() => null)) === null) {
    const temporary = `${file}.${process.pid}.tmp`;
    await writeRandomGguf(temporary, checkpoint.config.text);
    await rename(temporary, file);
  }
  const { size: weightsBytes } = await stat(file);
  return { settings: { kind: 'llama.cpp', file, threads, maxRows } as const, weightsBytes };
}

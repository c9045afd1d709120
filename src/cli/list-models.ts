import { basename, resolve } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { cachedSnapshots } from '../checkpoint/hub/cached-snapshots.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { Config } from '../config.js';
import { messageOf } from '../shared/errors.js';
import { bundledModelDirectory } from './bundled-model.js';

/** A model folder and what is known of it; `problem` says why it cannot be used. */
export interface ModelListing {
  readonly name: string;
  readonly directory: string;
  readonly from: 'bundled' | 'setting' | 'argument' | 'huggingface';
  readonly facts: ModelFacts | null;
  readonly problem: string | null;
}

export interface ModelFacts {
  readonly family: 'PaliGemma' | 'PaliGemma 2';
  readonly parameters: number;
  readonly imageSize: number;
  readonly tokensPerFrame: number;
  readonly dtypes: readonly string[];
}

interface Folder {
  readonly name: string;
  readonly directory: string;
  readonly from: ModelListing['from'];
}

/** The bundled model, the one of the settings, the given ones and those in Hugging Face's cache, in this order. */
export async function listModels(config: Config, given: readonly string[]): Promise<ModelListing[]> {
  const set = config.modelDirectory === null ? [] : [config.modelDirectory];
  const folders: Folder[] = [
    { name: 'nano', directory: bundledModelDirectory(), from: 'bundled' },
    ...set.map((directory): Folder => ({ name: basename(directory), directory, from: 'setting' })),
    ...given.map((directory): Folder => ({
      name: basename(resolve(directory)),
      directory: resolve(directory),
      from: 'argument',
    })),
    ...(await cachedFolders(config.huggingFaceHub)),
  ];
  return Promise.all(folders.map(describe));
}

async function cachedFolders(hub: string): Promise<Folder[]> {
  const snapshots = await cachedSnapshots(hub);
  return snapshots.map(({ name, directory }): Folder => ({ name, directory, from: 'huggingface' }));
}

async function describe(folder: Folder): Promise<ModelListing> {
  try {
    return { ...folder, facts: factsOf(await openCheckpoint(folder.directory)), problem: null };
  } catch (error) {
    return { ...folder, facts: null, problem: messageOf(error) };
  }
}

function factsOf({ config, preprocessor, tensors }: Checkpoint): ModelFacts {
  const all = [...tensors.values()];
  return {
    family: config.text.family === 'gemma2' ? 'PaliGemma 2' : 'PaliGemma',
    parameters: all.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
    imageSize: preprocessor.size,
    tokensPerFrame: config.imageTokens,
    dtypes: [...new Set(all.map(({ dtype }) => dtype))].sort(),
  };
}

import { CheckpointError } from '../../shared/errors.js';
import { MASK_DECODER_FILES } from '../find-mask-decoder.js';
import { PREPROCESSOR_FILES } from '../read-preprocessor.js';
import type { RemoteFile, RemoteListing } from './remote-file.js';

/** What of a repository makes a checkpoint. */
export interface NeededFiles {
  /** The files to be looked at before anything large is fetched. */
  readonly config: RemoteFile | null;
  /** The index of the shards, which tells the other weights; null when `others` has them. */
  readonly index: RemoteFile | null;
  readonly others: readonly RemoteFile[];
}

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
/** An npz beside the configuration. On Windows, `\` and `:` lead elsewhere too. */
const ARCHIVE = /^[^/\\:]+\.npz$/;

/**
 * Chooses the files a checkpoint needs: its configuration, tokenizer and weights, and a mask decoder if there is one.
 * @throws CheckpointError `checkpoint_no_weights`, `checkpoint_file_missing`
 */
export function neededFiles({ name, files }: RemoteListing): NeededFiles {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const present = (paths: readonly string[]): RemoteFile[] => paths.flatMap((path) => byPath.get(path) ?? []);
  const config = byPath.get('config.json') ?? null;
  const masks = present(MASK_DECODER_FILES).slice(0, 1);
  const small = present([...PREPROCESSOR_FILES, 'tokenizer.json']);
  const single = byPath.get(SINGLE);
  const index = byPath.get(INDEX) ?? null;
  if (single === undefined && index === null) {
    const archives = files.filter(
      ({ path }) => ARCHIVE.test(path) && !MASK_DECODER_FILES.some((name) => name === path),
    );
    const [archive] = archives;
    if (archive === undefined || archives.length > 1) throw noWeights(name, files);
    return { config, index: null, others: [...small, ...masks, archive] };
  }
  for (const alternatives of [['config.json'], PREPROCESSOR_FILES, ['tokenizer.json']]) {
    if (alternatives.some((path) => byPath.has(path))) continue;
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${name} has no ${alternatives.join(' or ')}; take a repository that holds a whole checkpoint of PaliGemma`,
    );
  }
  const weights = single === undefined ? [] : [single];
  return {
    config,
    index: single === undefined ? index : null,
    others: [...small, ...masks, ...weights],
  };
}

function noWeights(name: string, files: readonly RemoteFile[]): CheckpointError {
  const has = (pattern: RegExp): boolean => files.some(({ path }) => pattern.test(path));
  let what = 'it has neither model.safetensors nor an index of shards';
  if (has(/\.onnx$/)) {
    what = 'it is laid out for transformers.js; pull the original repository with its safetensors instead';
  } else if (has(/^adapter_model\./)) {
    what = 'it is an adapter; pull the model it was trained on and name the adapter’s folder with --adapter';
  } else if (has(/\.npz$/)) {
    what = 'it has several npz files; name the revision of one';
  } else if (has(/\.(bin|pt|pth|gguf|h5|msgpack)$/)) {
    what = 'its weights are in another format; pull a repository with safetensors instead';
  }
  return new CheckpointError('checkpoint_no_weights', `${name} cannot be used: ${what}`);
}

import type { PaliGemmaConfig } from './config.js';
import type { PreprocessorConfig } from './preprocessor.js';

/** Where one tensor lies in a safetensors file; the bytes are never copied here. */
export interface CheckpointTensor {
  /** The canonical name, see `canonicalName`: no leading `model.`, no `vision_model.`, `language_model.layers...`. */
  readonly name: string;
  /** Absolute path of the file, symbolic links resolved. */
  readonly file: string;
  readonly dtype: 'F32' | 'F16' | 'BF16';
  readonly shape: readonly number[];
  /** Bytes from the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Absent: the numbers lie in the file as `shape` says. */
  readonly layout?: TensorLayout;
  /** Absent: the numbers are used as they lie. */
  readonly update?: LowRankUpdate;
}

/** How numbers lie that have to be turned before use, as those of big_vision's npz files. */
export interface TensorLayout {
  /** Sizes of the stretch of `byteLength` bytes. */
  readonly stored: readonly number[];
  /** Which axis of `stored` comes first, second ... in use; axes are then joined to `shape`. */
  readonly order: readonly number[];
  /** The stretch lies in a deflated entry of a zip archive: `byteOffset` counts from its first unpacked byte. */
  readonly entry?: string;
}

/** What an adapter adds to a weight: `scale * up x down`. */
export interface LowRankUpdate {
  /** `[rank, columns]`, whatever the shape says: all axes but the first are joined. */
  readonly down: CheckpointTensor;
  /** `[rows, rank]`. */
  readonly up: CheckpointTensor;
  readonly scale: number;
}

/** A PaliGemma or PaliGemma 2 checkpoint in the Hugging Face layout, checked whole, no weight read yet. */
export interface Checkpoint {
  readonly directory: string;
  readonly config: PaliGemmaConfig;
  readonly preprocessor: PreprocessorConfig;
  /** By canonical name; every tensor the config asks for is present with the right shape. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Changes when any weight file, the config or the tokenizer changes: cached conversions are keyed by it. */
  readonly fingerprint: string;
}

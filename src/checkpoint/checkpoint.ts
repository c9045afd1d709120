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

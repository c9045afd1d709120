import { CheckpointError } from '../../shared/errors.js';
import { canonicalName } from '../canonical-name.js';
import type { CheckpointTensor } from '../checkpoint.js';
import { isWeightDtype } from '../dtypes.js';
import type { SafetensorsFile } from '../read-safetensors-header.js';

/** The tensors of an adapter, sorted by what is done with them. */
export interface AdapterTensors {
  /** Canonical name of a weight -> its factors and the name of the module as the adapter has it. */
  readonly pairs: ReadonlyMap<string, AdapterPair>;
  /** Canonical name of a tensor -> what stands in its place (modules_to_save, trained biases). */
  readonly replaced: ReadonlyMap<string, CheckpointTensor>;
}

export interface AdapterPair {
  readonly module: string;
  readonly down: CheckpointTensor;
  readonly up: CheckpointTensor;
}

const PREFIX = /^base_model\.model\./;
/** Raw saves of a model keep the adapter's name, `default`, in the middle. */
const FACTOR = /^(.+)\.lora_([AB])(?:\.\w+)?\.weight$/;

/**
 * Pairs the factors of an adapter_model.safetensors.
 * @throws CheckpointError `adapter_unsupported`, `adapter_tensor`
 */
export function adapterTensors({ file, tensors }: SafetensorsFile): AdapterTensors {
  const downs = new Map<string, CheckpointTensor>();
  const ups = new Map<string, CheckpointTensor>();
  const replaced = new Map<string, CheckpointTensor>();
  for (const { name: stored, dtype, shape, byteOffset, byteLength } of tensors) {
    const inner = stored.replace(PREFIX, '').replace(/\.(base_layer|modules_to_save(\.\w+)?)\./, '.');
    const factor = FACTOR.exec(inner);
    if (factor === null && /lora_|\.adapter|trainable_tokens/.test(inner)) {
      throw new CheckpointError(
        'adapter_unsupported',
        `${file} has the tensor ${stored} (${kindOf(inner)}), which cannot be merged here; merge the adapter where it was trained`,
      );
    }
    if (!isWeightDtype(dtype)) throw bad(file, `tensor ${stored} has type ${dtype}`);
    const target = factor === null ? replaced : factor[2] === 'A' ? downs : ups;
    const name = factor?.[1] ?? canonicalName(inner);
    if (target.has(name)) throw bad(file, `tensor ${stored} is there twice`);
    target.set(name, { name: stored, file, dtype, shape, byteOffset, byteLength });
  }
  return { pairs: pair(downs, ups, file), replaced };
}

function pair(
  downs: ReadonlyMap<string, CheckpointTensor>,
  ups: ReadonlyMap<string, CheckpointTensor>,
  file: string,
): Map<string, AdapterPair> {
  const pairs = new Map<string, AdapterPair>();
  for (const module of new Set([...downs.keys(), ...ups.keys()])) {
    const down = downs.get(module);
    const up = ups.get(module);
    if (down === undefined || up === undefined) {
      throw bad(file, `${module} has only lora_${down === undefined ? 'B' : 'A'}`);
    }
    const name = `${canonicalName(`${module}.`).slice(0, -1)}.weight`;
    if (pairs.has(name)) throw bad(file, `${name} is adapted twice`);
    pairs.set(name, { module, down, up });
  }
  return pairs;
}

function kindOf(name: string): string {
  if (name.includes('lora_magnitude')) return 'DoRA';
  return name.includes('embedding') ? 'an adapted embedding table' : 'no factor of a linear layer';
}

function bad(file: string, what: string): CheckpointError {
  return new CheckpointError('adapter_tensor', `${file} is no adapter that can be used: ${what}`);
}

import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { loadOnnxruntime } from './load-onnxruntime.js';
import { processorFlags } from './processor-flags.js';

/**
 * Names everything that decides how onnxruntime packs weights: its version and what the processor can do. 16
 * hexadecimal digits.
 */
export async function runtimeKey(): Promise<string> {
  const { env } = await loadOnnxruntime();
  // A model's name alone does not tell what it can do: there is "AMD EPYC" of many generations.
  const processor = (await processorFlags()) ?? cpus()[0]?.model ?? '';
  const parts = [env.versions.common, env.versions.node ?? '', process.platform, process.arch, processor];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { loadOnnxruntime } from './load-onnxruntime.js';

/**
 * Names everything that decides how onnxruntime packs weights: its version and what the processor can do. 16
 * hexadecimal digits.
 */
export async function runtimeKey(): Promise<string> {
  const { env } = await loadOnnxruntime();
  const processor = (await processorFlags()) ?? cpus()[0]?.model ?? '';
  const parts = [env.versions.common, env.versions.node ?? '', process.platform, process.arch, processor];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/** Linux tells what the processor can do; a model's name alone does not ("AMD EPYC" of many generations). */
async function processorFlags(): Promise<string | null> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return /^(?:flags|Features)\s*:.*$/m.exec(text)?.[0] ?? null;
}

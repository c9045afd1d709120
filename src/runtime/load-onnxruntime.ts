import type * as Onnxruntime from 'onnxruntime-node';
import { EnvironmentError, messageOf } from '../shared/errors.js';

/**
 * Loads onnxruntime's native library, on first use.
 * @throws EnvironmentError `onnxruntime_unavailable` when it does not run on this machine
 */
export async function loadOnnxruntime(): Promise<typeof Onnxruntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new EnvironmentError(
      'onnxruntime_unavailable',
      `onnxruntime-node cannot be loaded on ${process.platform}/${process.arch}: ${messageOf(error)}; ` +
        `reinstall the package, or use a platform it has a library for`,
      { cause: error },
    );
  }
}

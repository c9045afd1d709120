import { BugError, EnvironmentError, messageOf, type PalistreamError } from '../shared/errors.js';

/** What the runtime's messages say when memory ran out, also for mapping a file. */
const OUT_OF_MEMORY =
  /bad_alloc|bad allocation|failed to allocate|cannot allocate|out of memory|array buffer allocation|paging file is too small/i;

/** What they say when this process, or the system, may open no more files. */
const OUT_OF_FILES = /too many open files/i;

/** What the runtime's messages say when an execution provider is not in this build or finds no device. */
const NO_PROVIDER =
  /backend not found|no available backend|execution ?provider|failed to load shared library|webgpu/i;

/** Translates what onnxruntime threw; `doing` completes the sentence "onnxruntime failed while ...". */
export function runtimeError(error: unknown, doing: string): PalistreamError {
  const message = messageOf(error);
  if (OUT_OF_MEMORY.test(message)) {
    return new EnvironmentError(
      'out_of_memory',
      `memory ran out while ${doing}; use a smaller model, fewer frames or a machine with more memory`,
      { cause: error },
    );
  }
  if (OUT_OF_FILES.test(message)) {
    return new EnvironmentError(
      'too_many_open_files',
      `no more files may be opened while ${doing}: raise the limit of open files`,
      { cause: error },
    );
  }
  if (NO_PROVIDER.test(message)) {
    return new EnvironmentError(
      'provider_unavailable',
      `onnxruntime failed while ${doing}: ${message}; use cpu`,
      {
        cause: error,
      },
    );
  }
  return new BugError('runtime_failed', `onnxruntime failed while ${doing}: ${message}`, { cause: error });
}

/** One that can be aborted, and is as long as it is linked when another signal fires. */
export interface LinkedController {
  readonly controller: AbortController;
  /** To be called at the end: the other signal keeps nothing of it then. */
  readonly unlink: () => void;
}

/**
 * Links a controller to the signal of a caller, who may use it for many requests. `AbortSignal.any` would do the same,
 * but on Node 20 a signal remembers each one that was made of it for as long as it lives.
 */
export function linkedController(signal: AbortSignal | undefined): LinkedController {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { controller, unlink: () => signal?.removeEventListener('abort', abort) };
}

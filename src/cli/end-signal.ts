import { constants } from 'node:os';

/** What is needed of `process`. */
interface Host {
  on(name: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): never;
}

/** How long the end may take before it is forced, if nothing else is said: killing children takes milliseconds. */
const FORCED_END_MS = 2000;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an AbortSignal, so that children are ended in order. A second one, or an
 * end that takes too long, ends this process at once (its children with it, through its `exit` event).
 */
export function onEndSignal(host: Host): {
  readonly signal: AbortSignal;
  readonly exitCode: () => number | null;
  /** Says how long the end may take before it is forced. */
  readonly allow: (milliseconds: number) => void;
} {
  const controller = new AbortController();
  let code: number | null = null;
  let endMs = FORCED_END_MS;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const ownCode = 128 + constants.signals[name];
    host.on(name, () => {
      if (code !== null) host.exit(code);
      code = ownCode;
      setTimeout(() => host.exit(ownCode), endMs).unref();
      controller.abort(name);
    });
  }
  const allow = (milliseconds: number): void => {
    endMs = milliseconds;
  };
  return { signal: controller.signal, exitCode: () => code, allow };
}

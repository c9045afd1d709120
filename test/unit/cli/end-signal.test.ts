import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onEndSignal } from '../../../src/cli/end-signal.js';

class Host extends EventEmitter {
  readonly exit = vi.fn() as unknown as (code: number) => never;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('turns Ctrl-C into an abort, and waits for the work to end', () => {
  const host = new Host();
  const { signal, exitCode } = onEndSignal(host);
  expect([signal.aborted, exitCode()]).toEqual([false, null]);
  host.emit('SIGINT');
  expect([signal.aborted, exitCode()]).toEqual([true, 130]);
  expect(host.exit).not.toHaveBeenCalled();
});

it('ends at once at the second signal', () => {
  const host = new Host();
  onEndSignal(host);
  host.emit('SIGTERM');
  host.emit('SIGINT');
  expect(host.exit).toHaveBeenCalledExactlyOnceWith(143);
});

it('waits as long as is allowed before it forces the end', () => {
  const host = new Host();
  onEndSignal(host).allow(5000);
  host.emit('SIGTERM');
  vi.advanceTimersByTime(4999);
  expect(host.exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(host.exit).toHaveBeenCalledExactlyOnceWith(143);
});

it('forces an end that takes too long', () => {
  const host = new Host();
  onEndSignal(host);
  host.emit('SIGHUP');
  vi.runAllTimers();
  expect(host.exit).toHaveBeenCalledExactlyOnceWith(129);
});

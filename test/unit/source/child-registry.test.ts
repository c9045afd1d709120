import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { ChildRegistry, type HostProcess } from '../../../src/source/child-registry.js';

function fakeHost(): EventEmitter & HostProcess & { sent: string[] } {
  const sent: string[] = [];
  return Object.assign(new EventEmitter(), {
    pid: 7,
    sent,
    kill: (pid: number, signal: string) => sent.push(`${pid} ${signal}`),
  });
}

function fakeChild(): ChildProcess {
  return Object.assign(new EventEmitter(), {
    pid: 8,
    exitCode: null,
    signalCode: null,
    kill: vi.fn(),
  }) as unknown as ChildProcess;
}

describe('the registry of children', () => {
  it.each(['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'])('kills them on %s', (event) => {
    const host = fakeHost();
    const kill = vi.fn();
    new ChildRegistry(host).adopt(Object.assign(fakeChild(), { kill }));
    host.emit(event);
    expect(kill).toHaveBeenCalledWith('SIGKILL');
  });

  it('sends a signal again that nobody else listens to, so that the program ends as if unheard', () => {
    const host = fakeHost();
    new ChildRegistry(host).adopt(fakeChild());
    host.emit('SIGTERM');
    expect(host.sent).toEqual(['7 SIGTERM']);
    expect(host.listenerCount('SIGTERM')).toBe(0);
  });

  it('leaves the end to a program with its own handler', () => {
    const host = fakeHost();
    host.on('SIGINT', () => undefined);
    new ChildRegistry(host).adopt(fakeChild());
    host.emit('SIGINT');
    expect(host.sent).toEqual([]);
  });

  it('listens only while children live', () => {
    const host = fakeHost();
    const registry = new ChildRegistry(host);
    const [one, two] = [fakeChild(), fakeChild()];
    registry.adopt(one);
    registry.adopt(two);
    expect(host.listenerCount('SIGINT')).toBe(1);
    one.emit('exit', 0, null);
    expect(registry.size).toBe(1);
    two.emit('exit', 0, null);
    expect(host.eventNames()).toEqual([]);
  });

  it('forgets a child that could not be started', () => {
    const registry = new ChildRegistry(fakeHost());
    const child = Object.assign(fakeChild(), { pid: undefined });
    registry.adopt(child);
    child.emit('error', new Error('ENOENT'));
    expect(registry.size).toBe(0);
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveLink } from '../../../dashboard/live/live-link.js';

/** The page's end of a WebSocket; the test is the server. */
class FakeSocket extends EventTarget {
  readyState = 0;
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }
  /** As of a connection whose other end is gone: nothing says that it has ended. */
  close(): void {
    this.readyState = 2;
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  tell(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

const PING = '{"type":"ping"}';
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', Object.assign(new EventTarget(), { setTimeout, clearTimeout }));
  vi.stubGlobal('document', page);
  vi.stubGlobal('WebSocket', { OPEN: 1 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A link that is listened to, with its sockets in the order they were made. */
function linked() {
  const sockets: FakeSocket[] = [];
  const link = new LiveLink(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });
  const heard: unknown[] = [];
  const listener = { message: (message: unknown) => heard.push(message), opened: vi.fn(), lost: vi.fn() };
  link.listen(listener);
  const last = (): FakeSocket => sockets.at(-1) ?? expect.fail('no socket was made');
  return { link, sockets, last, heard, listener };
}

it('asks an idle server for a sign of life, and stays with one that answers', () => {
  const { link, sockets, last } = linked();
  last().open();
  for (let i = 1; i <= 5; i++) {
    vi.advanceTimersByTime(20_000);
    expect(last().sent).toEqual(Array.from({ length: i }, () => PING));
    last().tell({ type: 'pong' });
  }
  expect(sockets).toHaveLength(1);
  expect(link.state).toBe('open');
});

it('leaves a connection that has died without a word, and hears nothing of it any more', () => {
  const { link, sockets, last, heard, listener } = linked();
  const dead = last();
  dead.open();
  vi.advanceTimersByTime(40_000);
  expect(dead.readyState).toBe(2);
  expect(link.state).toBe('lost');
  expect(listener.lost).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  last().open();
  dead.tell({ type: 'pong' });
  dead.end(1006);
  expect(heard).toEqual([]);
  expect(link.state).toBe('open');
});

it('tries again when a connection does not come about', () => {
  const { sockets } = linked();
  vi.advanceTimersByTime(20_250);
  expect(sockets).toHaveLength(2);
});

it.each([
  ['the network is back', () => window.dispatchEvent(new Event('online'))],
  ['the page is shown again', () => page.dispatchEvent(new Event('visibilitychange'))],
])('looks after the connection when %s', (_, back) => {
  const { sockets, last } = linked();
  last().open();
  vi.advanceTimersByTime(1000);
  back();
  back();
  expect(last().sent).toEqual([PING]);
  vi.advanceTimersByTime(5000);
  expect(last().readyState).toBe(2);
  back();
  expect(sockets).toHaveLength(2);
});

it('asks for nothing once the connection has ended', () => {
  const { last } = linked();
  const ended = last();
  ended.open();
  ended.end(1001);
  vi.advanceTimersByTime(250);
  last().open();
  vi.advanceTimersByTime(20_000);
  expect(ended.sent).toEqual([]);
  expect(last().sent).toEqual([PING]);
  expect(vi.getTimerCount()).toBe(1);
});

it('stays away from a server that wants a key, whatever comes back', () => {
  const { link, sockets, last, listener } = linked();
  last().open();
  last().end(4001);
  window.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(600_000);
  expect(sockets).toHaveLength(1);
  expect(link.state).toBe('lost');
  expect(listener.lost).toHaveBeenCalledOnce();
});

it('waits longer from one time to the next, until a server says something', () => {
  const { sockets, last } = linked();
  const turnAway = (): void => {
    last().open();
    last().end(1013);
  };
  for (const waitMs of [250, 500, 1000, 2000, 4000, 4000]) {
    turnAway();
    const count = sockets.length;
    vi.advanceTimersByTime(waitMs - 1);
    expect(sockets).toHaveLength(count);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(count + 1);
  }
  last().open();
  last().tell({ type: 'pong' });
  last().end(1001);
  const count = sockets.length;
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(count + 1);
});

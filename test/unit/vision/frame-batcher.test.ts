import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';
import type { EncodableFrame } from '../../../src/vision/encodable-frame.js';
import { FrameBatcher } from '../../../src/vision/frame-batcher.js';

const frame = (key: string): EncodableFrame => ({
  key,
  pixels: tensor(PIXEL_AXES, [1, 1, 3], new Uint8Array(3)),
});

/** A batcher of four frames and 5 ms whose batches take `encodeMs`, and the batches it ran. */
function batcher(encodeMs = 0) {
  const batches: string[] = [];
  const encode = async (frames: readonly EncodableFrame[]) => {
    batches.push(frames.map(({ key }) => key).join(''));
    if (encodeMs > 0) await new Promise((resolve) => setTimeout(resolve, encodeMs));
    if (frames.some(({ key }) => key === '!')) throw new Error('broken');
    return frames.map(({ key }) => Float32Array.of(key.charCodeAt(0)));
  };
  return { batcher: new FrameBatcher(encode, 4, 5), batches };
}

describe('FrameBatcher', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('fills a batch with frames of several callers for a few milliseconds', async () => {
    const { batcher: frames, batches } = batcher();
    const first = frames.add(frame('a'), false);
    await vi.advanceTimersByTimeAsync(4);
    const second = frames.add(frame('b'), false);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(batches).toEqual(['ab']);
    expect([await first, await second]).toEqual([Float32Array.of(97), Float32Array.of(98)]);
  });

  it('does not wait once a batch is full', async () => {
    const { batcher: frames, batches } = batcher();
    const all = Promise.all(Array.from('abcde', (key) => frames.add(frame(key), false)));
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual(['abcd', 'e']);
    await all;
  });

  it('fills the next batch while one runs', async () => {
    const { batcher: frames, batches } = batcher(100);
    const all = [frames.add(frame('a'), false)];
    await vi.advanceTimersByTimeAsync(50);
    all.push(frames.add(frame('b'), false));
    await vi.advanceTimersByTimeAsync(40);
    all.push(frames.add(frame('c'), false));
    await vi.advanceTimersByTimeAsync(300);
    expect(batches).toEqual(['a', 'bc']);
    await Promise.all(all);
  });

  it('shares a frame that is waiting or running', async () => {
    const { batcher: frames, batches } = batcher(100);
    const all = [frames.add(frame('a'), false), frames.add(frame('a'), false)];
    await vi.advanceTimersByTimeAsync(50);
    expect(frames.has('a')).toBe(true);
    all.push(frames.add(frame('a'), false));
    expect(frames.join('b', false)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(300);
    expect(await Promise.all(all)).toHaveLength(3);
    expect(batches).toEqual(['a']);
    expect(frames.has('a')).toBe(false);
  });

  it('takes urgent frames first', async () => {
    const { batcher: frames, batches } = batcher(100);
    const all = Array.from('abcdefghi', (key) => frames.add(frame(key), false));
    await vi.advanceTimersByTimeAsync(50);
    all.push(frames.add(frame('x'), true), frames.add(frame('i'), true));
    await vi.advanceTimersByTimeAsync(400);
    await Promise.all(all);
    expect(batches).toEqual(['abcd', 'ixef', 'gh']);
  });

  it('leaves out a frame that nobody waits for any more, and keeps one that somebody does', async () => {
    const { batcher: frames, batches } = batcher();
    const controller = new AbortController();
    const left = frames.add(frame('a'), false, controller.signal);
    const shared = frames.add(frame('b'), false, controller.signal);
    const kept = frames.add(frame('b'), false);
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    await expect(shared).rejects.toMatchObject({ code: 'cancelled' });
    await vi.advanceTimersByTimeAsync(10);
    expect(await kept).toEqual(Float32Array.of(98));
    expect(batches).toEqual(['b']);
  });

  it('tells a failure to all of its batch and goes on with the next', async () => {
    const { batcher: frames } = batcher();
    const failed = [frames.add(frame('a'), false), frames.add(frame('!'), false)];
    const told = Promise.all(failed.map((one) => expect(one).rejects.toThrow('broken')));
    await vi.advanceTimersByTimeAsync(10);
    await told;
    const next = frames.add(frame('a'), false);
    await vi.advanceTimersByTimeAsync(10);
    expect(await next).toEqual(Float32Array.of(97));
  });
});

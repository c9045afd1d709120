import { describe, expect, it, onTestFinished } from 'vitest';
import { GraphBuilder } from '../../../src/graph/graph-builder.js';
import { Session } from '../../../src/runtime/session.js';
import { CancelledError, RequestError } from '../../../src/shared/errors.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';
import {
  VisionEncoder,
  type EncodableFrame,
  type EncodingOptions,
} from '../../../src/vision/vision-encoder.js';

const SIDE = 4;
const WIDTH = SIDE * SIDE * 3;

/** A tower that gives a frame's bytes back as one token. */
async function encoder(cacheBytes: number, options?: EncodingOptions): Promise<VisionEncoder> {
  const graph = new GraphBuilder('copy');
  const pixels = graph.input('pixels', 'uint8', ['F', SIDE, SIDE, 3]);
  const floats = graph.node('Cast', [pixels], { attributes: { to: { int: 1 } } });
  graph.output('tokens', graph.node('Reshape', [floats, graph.integers([-1, 1, WIDTH])]), ['F', 1, WIDTH]);
  const model = graph.build();
  const session = await Session.open({
    name: 'the tower',
    model,
    weightsFolder: import.meta.dirname,
    threads: 1,
  });
  onTestFinished(() => session.dispose());
  const ports = { pixels: 'pixels', imageTokens: 'tokens' };
  return new VisionEncoder(
    session,
    { imageSize: SIDE, patches: 1, width: WIDTH },
    ports,
    cacheBytes,
    options,
  );
}

function frame(key: string): EncodableFrame {
  return { key, pixels: tensor(PIXEL_AXES, [SIDE, SIDE, 3], new Uint8Array(WIDTH).fill(key.charCodeAt(0))) };
}

const frames = (keys: string) => Array.from(keys, frame);
const seen = async (encoded: ReturnType<VisionEncoder['encode']>) => {
  const { data, dims } = await encoded;
  return Array.from({ length: dims[0] }, (_, i) => String.fromCharCode(data[i * WIDTH] ?? 0)).join('');
};

describe('VisionEncoder', () => {
  it('gives the tokens of the frames in their order, more than fit one batch', async () => {
    const keys = 'the quick brown fox jumps over';
    expect(await seen((await encoder(0)).encode(frames(keys)))).toBe(keys);
  });

  it('encodes a frame once, within a call and across calls', async () => {
    const vision = await encoder(1 << 20);
    expect(await seen(vision.encode(frames('abcab')))).toBe('abcab');
    expect(vision.encodedFrames).toBe(3);
    expect(await seen(vision.encode(frames('bcd')))).toBe('bcd');
    expect(vision.encodedFrames).toBe(4);
  });

  it('encodes a frame once that two callers ask for at once', async () => {
    const vision = await encoder(1 << 20);
    const both = [vision.encode(frames('ab')), vision.encode(frames('ba'))] as const;
    expect(await seen(both[0])).toBe('ab');
    expect(await seen(both[1])).toBe('ba');
    expect(vision.encodedFrames).toBe(2);
  });

  it('encodes again what it had no room to remember', async () => {
    const vision = await encoder(2 * WIDTH * 4);
    await vision.encode(frames('abc'));
    await vision.encode(frames('a'));
    expect(vision.encodedFrames).toBe(4);
  });

  it("refuses a frame that is not the model's square, by name", async () => {
    const vision = await encoder(0);
    const wrong = { key: 'odd', pixels: tensor(PIXEL_AXES, [2, 4, 3], new Uint8Array(24)) };
    await expect(async () => vision.encode([wrong])).rejects.toThrow(RequestError);
    await expect(async () => vision.encode([wrong])).rejects.toThrow(/odd is 4x2/);
  });

  it('stops between batches once cancelled, and goes on for others', async () => {
    const vision = await encoder(0);
    const cancelled = vision.encode(frames('abcdefghijkl'), AbortSignal.abort());
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
    expect(vision.encodedFrames).toBe(0);
    expect(await seen(vision.encode(frames('xy')))).toBe('xy');
  });

  it('needs no pass for overlapping windows and second questions, by the count', async () => {
    const vision = await encoder(1 << 20);
    await vision.encode(frames('abcd'));
    expect(vision.stats).toMatchObject({ passes: 1, frames: 4, cache: { hits: 0, misses: 4 } });
    await vision.encode(frames('abcd'));
    await vision.encode(frames('cdab'));
    expect(vision.stats).toMatchObject({ passes: 1, frames: 4, cache: { hits: 8, misses: 4 } });
    await vision.encode(frames('cdef'));
    expect(vision.stats).toEqual({
      passes: 2,
      frames: 6,
      batchSizes: { 2: 1, 4: 1 },
      cache: { hits: 10, misses: 6, reused: 0, bytes: 6 * WIDTH * 4, maxBytes: 1 << 20, entries: 6 },
    });
  });

  it('puts frames of several streams through the tower in one pass', async () => {
    const vision = await encoder(1 << 20, { fillMs: 5 });
    const texts = await Promise.all(['ab', 'cd', 'be'].map((keys) => seen(vision.encode(frames(keys)))));
    expect(texts).toEqual(['ab', 'cd', 'be']);
    expect(vision.stats).toMatchObject({ passes: 1, batchSizes: { 5: 1 }, cache: { hits: 1, misses: 5 } });
  });

  it('takes the tokens of a frame that looks almost the same when told to', async () => {
    const still = await encoder(1 << 20, { stillThreshold: 0.002 });
    expect(await seen(still.encode(frames('abd'), undefined, { stream: 'door' }))).toBe('aad');
    expect(await seen(still.encode(frames('db'), undefined, { stream: 'door' }))).toBe('da');
    expect(still.stats).toMatchObject({ frames: 2, cache: { hits: 1, misses: 2, reused: 2 } });
    const apart = await encoder(1 << 20, { stillThreshold: 0.002 });
    expect(await seen(apart.encode(frames('abd')))).toBe('abd'); // of no stream: no frame is before another
    const exact = await encoder(1 << 20);
    expect(await seen(exact.encode(frames('abd'), undefined, { stream: 'door' }))).toBe('abd');
  });
});

import { get } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import type { FfmpegCommandLine } from '../../../../src/source/ffmpeg-args.js';
import { type CameraOptions, LiveCamera } from '../../../../src/source/live/live-camera.js';
import { CameraPool } from '../../../../src/source/live/camera-pool.js';
import { HttpGate } from '../../../../src/source/live/http-gate.js';
import type { LiveFrame } from '../../../../src/source/live/live-frame.js';
import { LIVE_LIMITS } from '../../../../src/source/live/live-limits.js';
import type { LivePolicy } from '../../../../src/source/live/live-policy.js';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';
import { FakeClock, settle } from './fake-clock.js';
import { FakeReader } from './fake-reader.js';

function setUp(options: Partial<CameraOptions> = {}) {
  const clock = new FakeClock();
  const reader = new FakeReader();
  const camera = new LiveCamera({
    target: parseLiveUrl({ url: 'rtsp://admin:hunter2@cam/x' }),
    program: { path: 'ffmpeg', origin: 'path', version: '5.1', year: 2022, advice: undefined },
    ...{ size: 2, maxAttempts: null, limits: LIVE_LIMITS, memoryBytes: 1000, policy: () => undefined },
    ...{ clock, random: () => 0.5, read: reader.read },
    ...options,
  });
  const states: string[] = [];
  const frames: LiveFrame[] = [];
  camera.listen({
    onFrame: (frame) => frames.push(frame),
    onStatus: ({ state, code, retryInSeconds }) =>
      states.push([state, code, retryInSeconds].filter((part) => part !== null).join(' ')),
  });
  return { clock, reader, camera, states, frames };
}

/** Where in a file ffmpeg is told to begin, seconds. */
function startOf({ inputOptions }: FfmpegCommandLine): number | null {
  const place = inputOptions.indexOf('-ss');
  return place === -1 ? null : Number(inputOptions[place + 1]);
}

describe('LiveCamera', () => {
  it('is connecting until the first frame, then live', async () => {
    const { camera, reader, states, clock } = setUp();
    camera.start();
    await clock.pass(1);
    expect(states).toEqual(['connecting']);
    reader.frame(0);
    expect(states).toEqual(['connecting', 'live']);
    await camera.close();
    expect(states).toEqual(['connecting', 'live', 'ended']);
    expect(reader.running).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('tries again after 1, 5, 10, 30 and 30 seconds, for ever', async () => {
    const { camera, reader, states, clock } = setUp();
    camera.start();
    for (const seconds of [1, 5, 10, 30, 30]) {
      await settle();
      await reader.end({ code: 'stream_unreachable', reason: 'nothing answers' });
      expect(states.at(-1)).toBe(`retrying stream_unreachable ${seconds}`);
      await clock.pass(seconds - 0.01);
      expect(states.at(-1)).toMatch(/^retrying/);
      await clock.pass(0.02);
      expect(states.at(-1)).toBe('connecting');
    }
    await camera.close();
    expect(reader.readings).toHaveLength(6);
  });

  it('takes the end of a file for its end, but not that of an ffmpeg that somebody ended', async () => {
    const target = parseLiveUrl({ url: 'file:///day.mp4', loop: false });
    const { camera, reader, states, clock } = setUp({ target });
    camera.start();
    for (const isCutOff of [true, false]) {
      await settle();
      reader.frame(0);
      await clock.pass(1);
      await reader.end({ code: 'stream_lost', reason: 'the source stopped sending', isCutOff });
      await clock.pass(2);
    }
    expect(states).toEqual(['connecting', 'live', 'retrying stream_lost 1', 'connecting', 'live', 'ended']);
  });

  it('spreads its waits by a fifth', async () => {
    for (const [random, seconds] of [
      [0, 0.8],
      [1, 1.2],
    ] as const) {
      const { camera, reader, clock } = setUp({ random: () => random });
      camera.start();
      await clock.pass(0);
      await reader.end();
      expect(camera.status.retryInSeconds).toBeCloseTo(seconds, 6);
      await camera.close();
    }
  });

  it('begins its waits anew after a connection that stayed live, not after one that flickered', async () => {
    const { camera, reader, states, clock } = setUp();
    camera.start();
    await clock.pass(0);
    reader.frame();
    await reader.end();
    await clock.pass(1);
    reader.frame();
    await reader.end();
    expect(states.at(-1)).toBe('retrying stream_lost 5');
    await clock.pass(5);
    for (let i = 0; i < 11; i++) {
      reader.frame();
      await clock.pass(1);
    }
    await reader.end();
    expect(states.at(-1)).toBe('retrying stream_lost 1');
    await camera.close();
  });

  it('begins its waits anew also when a connection that stayed live was restarted at another rate', async () => {
    const { camera, reader, states, clock } = setUp({ maxAttempts: 3 });
    const fails = async () => {
      await reader.end({ code: 'stream_unreachable', reason: 'nothing answers' });
    };
    camera.start();
    await clock.pass(0);
    await fails();
    await clock.pass(1);
    await fails();
    await clock.pass(5);
    for (let i = 0; i < 11; i++) {
      reader.frame();
      await clock.pass(1);
    }
    camera.need({}, 10);
    await settle();
    expect(camera.status).toMatchObject({ state: 'connecting', attempt: 1 });
    await fails();
    expect(states.at(-1)).toBe('retrying stream_unreachable 1');
    await camera.close();
  });

  it('is stalled without frames, live again with one, and gives up a connection that is lost', async () => {
    const { camera, reader, states, frames, clock } = setUp();
    camera.start();
    await clock.pass(0);
    reader.frame(10);
    await clock.pass(5);
    expect(states.at(-1)).toBe('stalled stream_stalled');
    reader.frame(15);
    expect(states.at(-1)).toBe('live');
    expect(frames.map(({ run }) => run)).toEqual([1, 2]);
    await clock.pass(15);
    expect(states.slice(-2)).toEqual(['stalled stream_stalled', 'retrying stream_stalled 1']);
    expect(reader.running).toBe(0);
    await camera.close();
  });

  it('is not stalled between the frames of a camera that gives one every six seconds', async () => {
    const { camera, reader, states, frames, clock } = setUp();
    camera.start();
    await clock.pass(0);
    for (let i = 0; i < 6; i++) {
      reader.frame(6 * i);
      await clock.pass(6);
    }
    expect(frames.map(({ run }) => run)).toEqual([1, 2, 3, 3, 3, 3]);
    expect(states.slice(-3)).toEqual(['live', 'stalled stream_stalled', 'live']);
    await clock.pass(4);
    expect(states.at(-1)).toBe('stalled stream_stalled');
    await clock.pass(5.5);
    expect(states.at(-1)).toBe('retrying stream_stalled 1');
    await camera.close();
  });

  it('gives up a connection without a first frame', async () => {
    const { camera, states, clock } = setUp();
    camera.start();
    await clock.pass(20);
    expect(states.at(-1)).toBe('retrying stream_timeout 1');
    await camera.close();
  });

  it('fails after as many attempts as it may have, and at once where trying again cannot help', async () => {
    const limited = setUp({ maxAttempts: 2 });
    limited.camera.start();
    await limited.clock.pass(0);
    await limited.reader.end();
    await limited.clock.pass(1);
    await limited.reader.end();
    expect(limited.states.at(-1)).toBe('failed stream_lost');
    const final = setUp();
    final.camera.start();
    await final.clock.pass(0);
    await final.reader.end({ isFinal: true, code: 'stream_url_refused' });
    expect(final.states.at(-1)).toBe('failed stream_url_refused');
    await final.clock.pass(100);
    expect(final.reader.readings).toHaveLength(1);
  });

  it('tries again when the gate for HTTP cannot listen, and watches no silence meanwhile', async () => {
    const open = vi.spyOn(HttpGate, 'open').mockRejectedValueOnce(new Error('listen EMFILE'));
    const target = parseLiveUrl({ url: 'http://cam/x' });
    const { camera, states, clock } = setUp({ target });
    camera.start();
    await settle();
    expect(states).toEqual(['connecting', 'retrying stream_unreachable 1']);
    expect(camera.status.reason).toContain('listen EMFILE');
    expect(clock.timers).toBe(1); // the wait
    await clock.pass(1);
    expect(states.at(-1)).toBe('connecting');
    expect(open).toHaveBeenCalledTimes(2);
    await camera.close();
    open.mockRestore();
  });

  it('fails for what the gate refuses while no picture came, and tries again after one', async () => {
    const target = parseLiveUrl({ url: 'http://cam/x.m3u8' });
    const policy: LivePolicy = (place) => {
      if (place.kind === 'network' && place.host === 'cdn') throw new Error('cdn is refused');
    };
    const { camera, reader, states, clock } = setUp({ target, policy });
    const askForVariant = async () => {
      await vi.waitFor(() => {
        expect(reader.running).toBe(1);
      });
      const { inputOptions = [] } = reader.readings.at(-1)?.line ?? {};
      const gate = new URL(inputOptions[inputOptions.indexOf('-http_proxy') + 1] ?? '');
      await new Promise<void>((answered) => {
        get({ host: gate.hostname, port: gate.port, path: 'http://cdn/high.m3u8' }, (answer) => {
          answer.resume().once('end', answered);
        });
      });
    };
    camera.start();
    await askForVariant();
    reader.frame();
    await reader.end();
    await vi.waitFor(() => {
      expect(states.at(-1)).toBe('retrying stream_lost 1');
    });
    await clock.pass(1);
    await askForVariant();
    await reader.end({ code: 'stream_unreadable' });
    await vi.waitFor(() => {
      expect(states.at(-1)).toBe('failed stream_url_refused');
    });
    await camera.close();
  });

  it('stamps frames with times that grow over reconnects and clock jumps', async () => {
    const { camera, reader, frames, clock } = setUp();
    camera.start();
    await clock.pass(2);
    reader.frame(1000);
    await clock.pass(0.5);
    clock.setWall(-7200);
    reader.frame(1000.5);
    await reader.end();
    await clock.pass(1);
    reader.frame(3);
    await clock.pass(0.5);
    reader.frame(3.5);
    expect(frames.map(({ timestampSeconds }) => timestampSeconds)).toEqual([2, 2.5, 3.5, 4]);
    const captured = frames.map(({ capturedAtMs }) => capturedAtMs - (frames[0]?.capturedAtMs ?? 0));
    expect(captured).toEqual([0, 500, 1500, 2000]);
    expect(new Set(frames.map(({ key }) => key)).size).toBe(4);
    await camera.close();
  });

  it('restarts ffmpeg only when more frames are needed than it gives', async () => {
    const { camera, reader, clock } = setUp();
    const [a, b] = [{}, {}];
    camera.need(a, 5);
    camera.start();
    await clock.pass(0);
    reader.frame();
    camera.need(b, 2);
    camera.need(a, 3);
    await settle();
    expect(reader.readings).toHaveLength(1);
    camera.need(b, 10);
    await settle();
    expect(reader.readings).toHaveLength(2);
    expect(camera.framesPerSecond).toBe(10);
    expect(reader.running).toBe(1);
    await camera.close();
  });

  it('goes on with a file that is read once where it was, whatever ended its ffmpeg', async () => {
    const target = parseLiveUrl({ url: 'file:///day.mp4', loop: false });
    const { camera, reader, clock } = setUp({ target });
    camera.start();
    await clock.pass(0);
    reader.frame(0);
    reader.frame(12);
    camera.need({}, 5);
    await settle();
    reader.frame(0);
    reader.frame(0.5);
    await reader.end({ isCutOff: true });
    await clock.pass(1);
    reader.frame(0);
    camera.need({}, 10);
    await settle();
    expect(reader.readings.map(({ line }) => startOf(line))).toEqual([null, 11.999, 12.498, 12.497]);
    await camera.close();
  });

  it('begins anew with a file that is read once where nothing comes from its middle', async () => {
    const target = parseLiveUrl({ url: 'file:///day.h264', loop: false });
    const { camera, reader, clock } = setUp({ target });
    camera.start();
    await clock.pass(0);
    reader.frame(12);
    camera.need({}, 5);
    await settle();
    await reader.end({ code: 'stream_unreadable', reason: 'could not seek' });
    await clock.pass(1);
    expect(reader.readings.map(({ line }) => startOf(line))).toEqual([null, 11.999, null]);
    await camera.close();
  });

  it('begins anew with a file that is looped', async () => {
    const { camera, reader, clock } = setUp({ target: parseLiveUrl({ url: 'file:///day.mp4' }) });
    camera.start();
    await clock.pass(0);
    reader.frame(12);
    camera.need({}, 5);
    await settle();
    expect(reader.readings.map(({ line }) => startOf(line))).toEqual([null, null]);
    await camera.close();
  });

  it('is stopped while it waits', async () => {
    const { camera, reader, states, clock } = setUp();
    camera.start();
    await clock.pass(0);
    await reader.end();
    await camera.close();
    expect(states.at(-1)).toBe('ended');
    expect(clock.timers).toBe(0);
  });

  it('never tells credentials', async () => {
    const { camera, reader, clock } = setUp();
    const told: string[] = [];
    camera.listen({ onFrame: () => undefined, onStatus: (status) => told.push(JSON.stringify(status)) });
    camera.start();
    await clock.pass(0);
    reader.frame();
    await reader.end();
    await camera.close();
    expect(told.join()).not.toMatch(/hunter2|admin/);
  });
});

describe('CameraPool', () => {
  it('opens one camera a source, and closes it after the last share', async () => {
    const reader = new FakeReader();
    const clock = new FakeClock();
    const pool = new CameraPool({
      program: { path: 'ffmpeg', origin: 'path', version: '5.1', year: 2022, advice: undefined },
      ...{ size: 2, limits: LIVE_LIMITS, memoryBytes: 1000, policy: () => undefined },
      ...{ clock, random: () => 0.5, read: reader.read },
    });
    const target = parseLiveUrl({ url: 'rtsp://cam/x' });
    const shares = [pool.take(target, null), pool.take(target, null)];
    for (const share of shares) share.start();
    await settle();
    expect(reader.readings).toHaveLength(1);
    expect(pool.processes).toBe(1);
    await shares[0]?.release();
    await shares[0]?.release(); // a second time does nothing
    expect(reader.running).toBe(1);
    await shares[1]?.release();
    expect(reader.running).toBe(0);
    expect(pool.processes).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { RunningStream } from '../../../src/pipeline/running-stream.js';
import type { StreamAnswerEvent, StreamEvent } from '../../../src/pipeline/stream-events.js';
import type { StreamPlan } from '../../../src/pipeline/stream-plan.js';
import { TurnQueue } from '../../../src/pipeline/turn-queue.js';
import { RequestError, RetryableError } from '../../../src/shared/errors.js';
import { CameraPool } from '../../../src/source/live/camera-pool.js';
import { LIVE_LIMITS } from '../../../src/source/live/live-limits.js';
import { parseLiveUrl } from '../../../src/source/live/parse-live-url.js';
import { FakeClock, settle } from '../source/live/fake-clock.js';
import { FakeReader } from '../source/live/fake-reader.js';
import { FakeModel } from './fake-model.js';
import { streamPlan } from './stream-plan.js';

const SIDE = 8;
const PROGRAM = { path: 'ffmpeg', origin: 'path', version: '5.1', year: 2022, advice: undefined } as const;
const QUESTION = { kind: 'answer', lang: 'en', question: 'who?' } as const;

/** An event in a word or two. */
function brief(event: StreamEvent): string {
  if (event.kind === 'state') return event.state;
  if (event.kind === 'dropped') return `dropped ${event.windows}/${event.totalWindows}`;
  if (event.kind === 'error') return `error ${event.code}`;
  return `${event.kind} ${event.text.trim()}`;
}

function setUp(change: Partial<StreamPlan> = {}) {
  const clock = new FakeClock();
  const reader = new FakeReader();
  const model = new FakeModel();
  const turns = new TurnQueue(1);
  const pool = new CameraPool({
    ...{ program: PROGRAM, size: SIDE, limits: LIVE_LIMITS, memoryBytes: SIDE * SIDE * 3 * 20 },
    ...{ policy: () => undefined, clock, random: () => 0.5, read: reader.read },
  });
  const begin = (plan: StreamPlan) => {
    const share = pool.take(parseLiveUrl({ url: 'rtsp://cam/x' }), null);
    const over: string[] = [];
    const stream = new RunningStream({
      ...{ id: 'one', share, model, plan, turns, shownUrl: 'rtsp://cam/x' },
      onOver: () => over.push('over'),
    });
    const events: StreamEvent[] = [];
    const log: string[] = [];
    stream.events$.subscribe({
      next: (event) => {
        events.push(event);
        log.push(brief(event));
      },
      error: (error: unknown) => log.push(`threw ${(error as Error).message}`),
      complete: () => log.push('complete'),
    });
    stream.begin();
    return { stream, events, log, over };
  };
  /** Lets seconds pass with a frame a second, the first at once. */
  const film = async (seconds: number, gray = 0): Promise<void> => {
    await settle();
    for (let i = 0; i < seconds; i++) {
      reader.frame(undefined, gray);
      await clock.pass(1);
    }
  };
  return { clock, reader, model, turns, pool, begin, film, ...begin(streamPlan(change)) };
}

/** What a question tells. */
function listen(answer: ReturnType<RunningStream['ask']>) {
  const told: string[] = [];
  const events: StreamAnswerEvent[] = [];
  const subscription = answer.subscribe({
    next: (event) => {
      events.push(event);
      told.push(brief(event));
    },
    error: (error: unknown) => told.push(`threw ${(error as { code?: string }).code ?? String(error)}`),
    complete: () => told.push('complete'),
  });
  return { told, events, subscription };
}

describe('RunningStream', () => {
  it('tells its states and what the model writes about each window', async () => {
    const { film, model, stream, log, over, pool } = setUp();
    await settle();
    expect(log).toEqual(['connecting']);
    await film(2);
    await model.answer('a dog');
    await stream.stop();
    expect(log).toEqual([
      ...['connecting', 'live', 'caption.partial a', 'caption.partial a dog', 'caption a dog'],
      ...['ended', 'complete'],
    ]);
    expect(over).toEqual(['over']);
    expect(pool.processes).toBe(0);
  });

  it('tells how old a result is and what it was made of', async () => {
    const { film, model, events, clock, stream } = setUp();
    await clock.pass(3);
    await film(2);
    await clock.pass(0.5);
    await model.answer('dog');
    const caption = events.find((event) => event.kind === 'caption');
    const captured = stream.state.atMs + 1000; // live with the first frame
    expect(caption).toMatchObject({
      ...{ startSeconds: 3, endSeconds: 5, clip: 0, askId: null, prompt: 'caption en' },
      timing: {
        ...{ capturedAtMs: captured, windowClosedAtMs: captured, publishedAtMs: captured + 1500 },
        ...{ encodeMs: 5, prefillMs: 6, decodeMs: 7, queueMs: 1482, totalMs: 1500 },
      },
      provenance: { model: 'fake', precision: 'f32', task: 'caption', frameSeconds: [3, 4] },
    });
    const keys = caption?.kind === 'caption' ? caption.provenance.frameKeys : [];
    expect(keys.map((key) => stream.frame(key)?.timestampSeconds)).toEqual([3, 4]);
    await stream.stop();
  });

  it('looks at the newest window while the model is busy, and tells what it dropped', async () => {
    const { film, model, log, stream } = setUp();
    await film(8); // windows close at 1, 3, 5 and 7 s
    expect(model.requests).toHaveLength(1);
    await model.answer('one');
    expect(log.slice(2)).toEqual(['dropped 1/1', 'dropped 1/2', 'caption.partial one', 'caption one']);
    expect(model.requests[1]?.frames.map(({ key }) => key)).toHaveLength(2);
    await model.answer('four');
    expect(model.open).toBe(0);
    expect(stream.counts).toMatchObject({ frames: 8, windows: 4, looked: 2, droppedBusy: 2 });
    await stream.stop();
  });

  it('asks several tasks about the same frames', async () => {
    const { film, model, log, stream } = setUp({
      tasks: [
        { kind: 'caption', lang: 'en' },
        { kind: 'ocr' },
        { kind: 'prompt', prompt: 'answer en how many?' },
      ],
    });
    await film(2);
    for (const text of ['dog', 'EXIT', '2']) await model.answer(text);
    expect(log.filter((line) => !/partial|live|connecting/.test(line))).toEqual([
      'caption dog',
      'text EXIT',
      'answer 2',
    ]);
    expect(new Set(model.requests.map(({ frames }) => frames.map(({ key }) => key).join())).size).toBe(1);
    await stream.stop();
  });

  it('finds things in the newest frame of a window, in pixels of the camera, with lasting numbers', async () => {
    const { film, model, events, stream } = setUp({ tasks: [{ kind: 'detect', things: ['dog'] }] });
    await film(2);
    await model.answer('<loc0000><loc0000><loc0512><loc1023> dog');
    await film(2);
    await model.answer('<loc0010><loc0000><loc0522><loc1023> dog');
    const found = events.filter((event) => event.kind === 'detections');
    expect(found.map(({ found: things }) => things.map(({ label, track }) => [label, track]))).toEqual([
      [['dog', 1]],
      [['dog', 1]],
    ]);
    expect(found[0]).toMatchObject({
      size: { width: 640, height: 480 },
      provenance: { frameSeconds: [1] },
      seconds: 1,
    });
    expect(model.requests[0]?.frames).toHaveLength(1);
    await stream.stop();
  });

  it('goes on after an error of one window, and ends with a bug', async () => {
    const { film, model, log, over } = setUp();
    await film(2);
    await model.answer(new RetryableError('model_process_died', 'the model died'));
    await film(2);
    await model.answer(new RequestError('too_long', 'the prompt is too long'));
    await film(2);
    await model.answer(new TypeError('x is not a function'));
    expect(log.slice(2)).toEqual([
      ...['error model_process_died', 'error too_long', 'failed', 'threw x is not a function'],
    ]);
    expect(over).toEqual(['over']);
  });

  it('passes over windows in which nothing moves', async () => {
    const { film, model, stream } = setUp({ motionGate: { threshold: 0.1, atLeastEverySeconds: null } });
    await film(2, 100);
    await model.answer('first');
    await film(4, 100);
    expect(model.requests).toHaveLength(1);
    await film(2, 200);
    expect(model.requests).toHaveLength(2);
    expect(stream.counts).toMatchObject({ windows: 4, looked: 2, skippedStill: 2 });
    await stream.stop();
  });

  it('passes over windows outside of its hours', async () => {
    // The fake clock stands at 22:13 UTC on Tuesday, 14 November 2023.
    const slots = [{ days: [2], from: '22:14', until: '23:00' }];
    const { film, model, stream, clock, reader } = setUp({ schedule: { timeZone: 'UTC', slots } });
    await film(2);
    expect(model.requests).toHaveLength(0);
    expect(stream.counts.skippedSchedule).toBe(1);
    reader.frame();
    await clock.pass(4);
    for (let i = 0; i < 50; i++) await film(1);
    expect(model.requests).toHaveLength(1);
    await stream.stop();
  });

  it('changes its plan without a restart of ffmpeg where the frames allow', async () => {
    const { film, model, stream, reader } = setUp();
    await film(2);
    await model.answer('dog');
    stream.update(streamPlan({ tasks: [{ kind: 'ocr' }] }));
    await film(2);
    expect(model.requests.map(({ prompt }) => prompt)).toEqual(['caption en', 'ocr']);
    expect(reader.readings).toHaveLength(1);
    stream.update(streamPlan({ framesPerWindow: 16 }));
    await settle();
    expect(reader.readings).toHaveLength(2);
    expect(() => {
      stream.update(streamPlan({ framesPerWindow: 0 }));
    }).toThrow(expect.objectContaining({ code: 'bad_stream_plan' }) as Error);
    expect(stream.plan.framesPerWindow).toBe(16);
    await stream.stop();
  });

  it('shares one ffmpeg among plans, and ends it after the last', async () => {
    const { film, model, stream, begin, reader, pool } = setUp();
    await film(1);
    const other = begin(streamPlan({ tasks: [{ kind: 'ocr' }] }));
    expect(other.log).toEqual(['live']);
    await film(2);
    expect(reader.readings).toHaveLength(1);
    expect(model.open).toBe(1);
    await model.answer('dog');
    expect(model.requests.at(-1)?.prompt).toBe('ocr');
    await stream.stop();
    expect(pool.processes).toBe(1);
    await other.stream.stop();
    expect(pool.processes).toBe(0);
  });

  it('takes back what the model is doing when it is stopped', async () => {
    const { film, model, stream, log } = setUp();
    await film(2);
    await stream.stop();
    await settle();
    expect(model.cancelled).toBe(1);
    expect(log.slice(-2)).toEqual(['ended', 'complete']);
  });
});

describe('a question about a stream', () => {
  it('goes to the model at once, while a window is worked on, and is told to the one who asked alone', async () => {
    const { film, model, stream, log } = setUp();
    await film(2);
    expect(model.open).toBe(1);
    const { told, events } = listen(stream.ask(QUESTION, { id: 'q1' }));
    await settle();
    expect(model.open).toBe(2);
    expect(model.requests.map(({ priority }) => priority)).toEqual(['routine', 'question']);
    await model.answer('dog');
    await model.answer('the cat');
    expect(told).toEqual(['answer.partial the', 'answer.partial the cat', 'answer the cat', 'complete']);
    expect(events[2]).toMatchObject({ askId: 'q1', question: 'who?', prompt: 'answer en who?' });
    expect(log).not.toContain('answer the cat');
    await stream.stop();
  });

  it('is answered at the length it asks for, else at the plan\u2019s', async () => {
    const { film, model, stream } = setUp({ tasks: [] });
    await film(2);
    listen(stream.ask(QUESTION, { maxNewTokens: 3 }));
    listen(stream.ask(QUESTION));
    await settle();
    const lengths = model.requests.map(({ options }) => options.maxNewTokens);
    expect(lengths).toEqual([3, streamPlan().options.maxNewTokens]);
    expect(listen(stream.ask(QUESTION, { maxNewTokens: 0 })).told).toHaveLength(1);
    await stream.stop();
  });

  it('looks at the last seconds, as far as they are in memory', async () => {
    const { film, model, stream } = setUp({ tasks: [] });
    await film(30); // 20 fit
    const frames = async (options: Parameters<typeof stream.ask>[1]) => {
      const { events } = listen(stream.ask(QUESTION, options));
      await settle();
      await model.answer('x');
      const answer = events.find((event) => event.kind === 'answer');
      return answer?.provenance.frameSeconds;
    };
    expect(await frames({})).toEqual([27, 29]);
    expect(await frames({ seconds: 8, frames: 3 })).toEqual([21, 25, 29]);
    expect(await frames({ seconds: 100, frames: 2 })).toEqual([10, 29]);
    await stream.stop();
  });

  it('is about the newest frame also where there are fewer than it asks for', async () => {
    const { reader, clock, model, stream } = setUp({ tasks: [] });
    await settle();
    for (const sourceSeconds of [10, 11, 12]) {
      reader.frame(sourceSeconds);
      await clock.pass(1);
    }
    const { events } = listen(stream.ask({ kind: 'detect', things: ['dog'] }, { seconds: 4, frames: 4 }));
    const { events: answers } = listen(stream.ask(QUESTION, { seconds: 4, frames: 4 }));
    await settle();
    await model.answer('<loc0000><loc0000><loc0512><loc1023> dog');
    await model.answer('he');
    const capturedAtMs = stream.state.atMs + 2000; // live with the first frame
    expect(events).toMatchObject([
      {
        seconds: 2,
        provenance: { frameSeconds: [2] },
        timing: { capturedAtMs },
        shown: { sourceSeconds: 12 },
      },
    ]);
    expect(answers.at(-1)).toMatchObject({
      provenance: { frameSeconds: [0, 1, 2, 0] },
      timing: { capturedAtMs },
    });
    await stream.stop();
  });

  it('is refused without recent pictures, with the state of the stream', async () => {
    const { film, stream, clock } = setUp();
    await settle();
    expect(listen(stream.ask(QUESTION)).told).toEqual(['threw stream_no_frames']);
    await film(2);
    await clock.pass(60);
    expect(listen(stream.ask(QUESTION)).told).toEqual(['threw stream_no_frames']);
    expect(listen(stream.ask(QUESTION, { seconds: 90 })).told).toEqual([]);
    await stream.stop();
  });

  it('tells its own errors as errors', async () => {
    const { film, model, stream } = setUp({ tasks: [] });
    await film(2);
    const { told } = listen(stream.ask(QUESTION));
    await settle();
    await model.answer(new RetryableError('model_process_died', 'the model died'));
    expect(told).toEqual(['threw model_process_died']);
    expect(listen(stream.ask({ kind: 'prompt', prompt: '' })).told).toEqual(['threw bad_stream_plan']);
    expect(listen(stream.ask(QUESTION, { frames: 0 })).told).toEqual(['threw bad_stream_plan']);
    expect(stream.state.state).toBe('live');
    await stream.stop();
  });

  it('is taken back by leaving, and says so when the stream ends first', async () => {
    const { film, model, stream } = setUp({ tasks: [] });
    await film(2);
    listen(stream.ask(QUESTION)).subscription.unsubscribe();
    await settle();
    expect(model.requests.length).toBe(model.cancelled);
    const { told } = listen(stream.ask(QUESTION));
    await settle();
    await stream.stop();
    expect(told).toEqual(['threw stream_over']);
    expect(listen(stream.ask(QUESTION)).told).toEqual(['threw stream_over']);
  });
});

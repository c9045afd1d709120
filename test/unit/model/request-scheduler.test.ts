import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_QUEUE_LIMITS, type QueueLimits } from '../../../src/model/queue-limits.js';
import type { QueueItem } from '../../../src/model/request-queue.js';
import { RequestScheduler } from '../../../src/model/request-scheduler.js';
import { RetryableError } from '../../../src/shared/errors.js';

const died = new Error('died');

/** A scheduler whose worker can come and go, and works for a second. */
function scheduler(limits: Partial<QueueLimits> = {}) {
  const order: string[] = [];
  const state = { hasWorker: true, wanted: 0 };
  const made = new RequestScheduler<string>(
    { ...DEFAULT_QUEUE_LIMITS, ...limits },
    {
      worker: () => (state.hasWorker ? 'worker' : null),
      onWanted: () => state.wanted++,
      isDeath: (error) => error === died,
    },
  );
  const ask = (
    name: string,
    over: Partial<QueueItem> = {},
    signal = new AbortController().signal,
    deaths = 0,
  ) => {
    const item = { stream: name, deadlineMs: null, sequences: 1, tokens: 1, bytes: 1, ...over };
    let left = deaths;
    const work = async () => {
      order.push(name);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (left-- > 0) throw died;
      return name;
    };
    const answer = made.run({ priority: 'routine', ...item }, work, signal);
    answer.catch(() => undefined); // looked at later
    return answer;
  };
  return { scheduler: made, ask, order, state };
}

describe('RequestScheduler', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs together what fits and counts what ran, waited and how long', async () => {
    const { scheduler: made, ask, order } = scheduler({ maxBatch: 3 });
    const answers = Promise.all(['a', 'b', 'c'].map((name) => ask(name)));
    expect(order).toEqual(['a', 'b']);
    expect(made.stats).toMatchObject({
      running: 2,
      runningTokens: 2,
      waiting: { routine: 1 },
      waitingBytes: 1,
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await answers).toEqual(['a', 'b', 'c']);
    const { together, waitSeconds, totalSeconds, ...stats } = made.stats;
    expect(stats).toMatchObject({ started: { question: 0, routine: 3 }, finished: 3, running: 0 });
    expect(together).toEqual({ 1: 1, 2: 2 });
    expect(waitSeconds.routine).toMatchObject({ count: 3, sum: 1 });
    expect(totalSeconds.routine).toMatchObject({ count: 3, sum: 4 });
  });

  it('takes a cancelled request out of the queue at once', async () => {
    const { scheduler: made, ask, order } = scheduler({ maxBatch: 1 });
    const controller = new AbortController();
    const first = ask('a');
    const second = ask('b', {}, controller.signal);
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    expect(made.stats).toMatchObject({ cancelled: 1, waiting: { routine: 0 } });
    await vi.advanceTimersByTimeAsync(3000);
    expect(await first).toBe('a');
    expect(order).toEqual(['a']);
  });

  it('drops a request at its deadline, with the reason, and never one that was begun', async () => {
    const { scheduler: made, ask, order } = scheduler({ maxBatch: 1 });
    const deadlineMs = Date.now() + 400;
    const first = ask('a', { deadlineMs });
    const second = ask('b', { deadlineMs });
    await vi.advanceTimersByTimeAsync(399);
    expect(made.stats.waiting.routine).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect(second).rejects.toMatchObject({ code: 'request_expired', message: /waited 0\.4 s/ });
    const late = ask('c', { deadlineMs: Date.now() });
    await expect(late).rejects.toMatchObject({ code: 'request_expired' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toBe('a');
    expect(order).toEqual(['a']);
    expect(made.stats.expired).toEqual({ question: 0, routine: 2 });
  });

  it('tries again after its deadline what was begun before it, whenever a worker comes', async () => {
    const { scheduler: made, ask, order, state } = scheduler({ maxBatch: 1 });
    const first = ask('a', { deadlineMs: Date.now() + 400 }, undefined, 1);
    state.hasWorker = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(made.stats).toMatchObject({ retries: 1, waiting: { routine: 1 } });
    state.hasWorker = true;
    made.wake();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toBe('a');
    expect(order).toEqual(['a', 'a']);
    expect(made.stats.expired.routine).toBe(0);
  });

  it('refuses routine work over capacity at once, with the reason, and begins questions first', async () => {
    const { scheduler: made, ask, order } = scheduler({ maxBatch: 1, maxWaiting: 4 });
    const asked = ['a', 'b', 'c', 'd'].map((name) => ask(name));
    await expect(asked[3]).rejects.toMatchObject({ code: 'model_busy', message: /2 wait with 2 bytes/ });
    const questions = ['q', 'r'].map((name) => ask(name, { priority: 'question' }));
    questions.push(ask('s', { priority: 'question' }));
    await expect(asked[2]).rejects.toMatchObject({ code: 'model_busy' });
    await vi.advanceTimersByTimeAsync(6000);
    expect(await Promise.all(questions)).toEqual(['q', 'r', 's']);
    expect(order).toEqual(['a', 'q', 'r', 's', 'b']);
    expect(made.stats.refused).toEqual({ question: 0, routine: 2 });
  });

  it('tries all that ran once more, one by one, when the worker dies; only its killer fails', async () => {
    const { scheduler: made, ask, order, state } = scheduler({ maxBatch: 4 });
    const innocent = [ask('a', {}, undefined, 1), ask('c', {}, undefined, 1)];
    const killer = ask('b', {}, undefined, 2);
    state.hasWorker = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(made.stats).toMatchObject({ running: 0, retries: 3, waiting: { routine: 3 } });
    expect(state.wanted).toBeGreaterThan(0);
    state.hasWorker = true;
    made.wake();
    expect(made.stats.running).toBe(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await Promise.all(innocent)).toEqual(['a', 'c']);
    await expect(killer).rejects.toBe(died);
    expect(order).toEqual(['a', 'c', 'b', 'a', 'c', 'b']);
    expect(made.stats).toMatchObject({ retries: 3, failed: 1, finished: 2, started: { routine: 3 } });
  });

  it('keeps work until a worker comes, and fails it when none will', async () => {
    const { scheduler: made, ask, order, state } = scheduler();
    state.hasWorker = false;
    const first = ask('a');
    expect([order, state.wanted]).toEqual([[], 1]);
    made.failWaiting(new Error('no model'));
    await expect(first).rejects.toThrow('no model');
    const second = ask('b');
    state.hasWorker = true;
    made.wake();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await second).toBe('b');
  });

  it('refuses everything once it is closed', async () => {
    const { scheduler: made, ask } = scheduler({ maxBatch: 1 });
    const asked = [ask('a', {}, undefined, 1), ask('b')];
    made.close(new RetryableError('model_process_closed', 'closed'));
    asked.push(ask('c'));
    await vi.advanceTimersByTimeAsync(1000);
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'model_process_closed' });
    expect(made.stats.retries).toBe(0);
  });

  it('tells cancelled work as cancelled, however it ended', async () => {
    const { scheduler: made, ask } = scheduler();
    const controller = new AbortController();
    const running = ask('a', {}, controller.signal, 1);
    controller.abort();
    await vi.advanceTimersByTimeAsync(1000);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(made.stats).toMatchObject({ cancelled: 1, retries: 0, failed: 0 });
    await expect(ask('b', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

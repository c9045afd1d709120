import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineTotals, NO_ENGINE_STATS } from '../../../src/model/engine-totals.js';
import type { EngineStats } from '../../../src/model/model-stats.js';
import { ProcessSupervisor } from '../../../src/model/process-supervisor.js';
import { EnvironmentError } from '../../../src/shared/errors.js';

/** A process whose life the test plays. */
function fakeChild(runs: number) {
  let open: () => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  let end: () => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    open = resolve;
    refuse = reject;
  });
  const gone = new Promise<void>((resolve) => {
    end = resolve;
  });
  const child = {
    ready,
    gone,
    isAlive: true,
    isReady: false,
    hasHung: false,
    death: null as string | null,
    residentBytes: 7,
    stats: { ...NO_ENGINE_STATS, decoder: { runs } } satisfies EngineStats,
    stop: () => {
      if (child.isAlive) child.dies();
      return Promise.resolve();
    },
    opens: () => {
      child.isReady = true;
      open();
    },
    cannotOpen: (error: Error) => {
      refuse(error);
    },
    dies: (isHang = false) => {
      child.isAlive = child.isReady = false;
      child.hasHung = isHang;
      child.death = 'it died';
      refuse(new Error('died'));
      end();
    },
  };
  return child;
}

function supervise(machine: { refuses: Error | null } = { refuses: null }) {
  const children: ReturnType<typeof fakeChild>[] = [];
  const heard = { ready: 0, unavailable: [] as string[], deaths: [] as string[], hasWork: false };
  const supervisor = new ProcessSupervisor(
    () => {
      if (machine.refuses !== null) throw machine.refuses;
      const child = fakeChild(10);
      children.push(child);
      return child;
    },
    {
      onReady: () => heard.ready++,
      onUnavailable: (error) => heard.unavailable.push((error as Error).message),
      onDeath: (reason) => heard.deaths.push(reason),
      hasWork: () => heard.hasWork,
    },
  );
  const newest = () => children[children.length - 1] ?? fakeChild(0);
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { supervisor, children, heard, newest, wait };
}

describe('ProcessSupervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives work to a process once its model is open', async () => {
    const { supervisor, heard, newest, wait } = supervise();
    expect([supervisor.ready, supervisor.stats.state]).toEqual([null, 'opening']);
    newest().opens();
    await wait(0);
    expect([supervisor.ready, heard.ready]).toEqual([newest(), 1]);
  });

  it('forks again at once, then less and less often, though nobody asks', async () => {
    const { supervisor, children, newest, wait } = supervise();
    for (const delayMs of [0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      newest().opens();
      await wait(0);
      const before = children.length;
      newest().dies();
      if (delayMs > 0) await wait(delayMs - 1);
      expect(children).toHaveLength(before);
      await wait(1);
      expect(children).toHaveLength(before + 1);
    }
    expect(supervisor.stats).toMatchObject({ state: 'restarting', restarts: 10 });
  });

  it('forks a process whose model has never been open only when somebody asks', async () => {
    const { supervisor, children, newest, wait } = supervise();
    newest().dies();
    await wait(600_000);
    expect(children).toHaveLength(1);
    supervisor.wanted();
    await wait(1);
    expect(children).toHaveLength(2);
  });

  it('tells of deaths, but not of the end it was asked for', async () => {
    const { supervisor, heard, newest, wait } = supervise();
    newest().opens();
    await wait(0);
    newest().dies();
    await wait(1);
    expect(heard.deaths).toEqual(['it died']);
    await supervisor.close(0);
    newest().dies();
    await wait(1);
    expect(heard.deaths).toHaveLength(1);
  });

  it('waits before it forks even when somebody asks again and again', async () => {
    const { supervisor, children, newest, wait } = supervise();
    for (const delay of [0, 250, 500, 1000]) {
      newest().opens();
      await wait(0);
      newest().dies();
      await wait(0);
      supervisor.wanted();
      supervisor.wanted();
      await wait(delay + 1);
    }
    expect(children).toHaveLength(5);
  });

  it('forgets the deaths of before once a request was answered', async () => {
    const { supervisor, children, newest, wait } = supervise();
    for (let life = 0; life < 10; life++) {
      newest().opens();
      supervisor.answered();
      await wait(0);
      newest().dies();
      await wait(1);
    }
    expect(children).toHaveLength(11);
  });

  it('tries again what died while it was opened, once, for those who wait', async () => {
    const { children, heard, newest, wait } = supervise();
    heard.hasWork = true;
    newest().dies();
    await wait(1);
    expect([children.length, heard.unavailable]).toEqual([2, []]);
    newest().dies();
    await wait(10_000);
    expect([children.length, heard.unavailable]).toEqual([2, ['died']]);
  });

  it('says at once and each time why a model cannot be opened', async () => {
    const { supervisor, children, heard, newest, wait } = supervise();
    newest().cannotOpen(new Error('damaged'));
    await wait(0);
    supervisor.wanted();
    expect([children.length, heard.unavailable]).toEqual([1, ['damaged', 'damaged']]);
  });

  it('opens a model that has been open again and again, and asks for patience meanwhile', async () => {
    const { supervisor, children, heard, newest, wait } = supervise();
    newest().opens();
    await wait(0);
    newest().dies();
    await wait(1);
    for (const [i, delayMs] of [250, 500, 1000, 2000].entries()) {
      expect(children).toHaveLength(2 + i);
      newest().cannotOpen(new EnvironmentError('out_of_memory', 'no room'));
      await wait(0);
      expect(heard.unavailable.at(-1)).toMatch(/cannot be opened again now \(no room\)/);
      await wait(delayMs);
    }
    newest().opens();
    await wait(0);
    expect(supervisor.ready).toBe(newest());
  });

  it('outlives a machine that refuses to fork, says so, and tries less and less often until it does', async () => {
    const machine = { refuses: null as Error | null };
    const { supervisor, children, heard, newest, wait } = supervise(machine);
    newest().opens();
    await wait(0);
    machine.refuses = new EnvironmentError('model_process_unstartable', 'spawn ENOMEM');
    newest().dies();
    const asked = supervisor.another(newest());
    const told = expect(asked).rejects.toMatchObject({ code: 'model_process_died', cause: machine.refuses });
    await wait(1);
    await told;
    for (const [i, delayMs] of [250, 500, 1000].entries()) {
      expect(heard.deaths).toHaveLength(2 + i);
      expect(heard.unavailable).toHaveLength(1 + i);
      expect(heard.unavailable.at(-1)).toMatch(/cannot be opened again now \(spawn ENOMEM\)/);
      await wait(delayMs);
    }
    expect(supervisor.stats).toMatchObject({ state: 'restarting', restarts: 0 });
    machine.refuses = null;
    await wait(2000);
    newest().opens();
    await wait(0);
    expect(supervisor.ready).toBe(newest());
    expect([children.length, supervisor.stats.restarts]).toEqual([2, 1]);
  });

  it('says why no process whose model has never been open can be forked, and tries when somebody asks', async () => {
    const machine = { refuses: null as Error | null };
    const { supervisor, children, heard, newest, wait } = supervise(machine);
    const refusal = new EnvironmentError('model_process_unstartable', 'spawn ENOMEM');
    machine.refuses = refusal;
    newest().dies();
    const told = expect(supervisor.another(newest())).rejects.toBe(refusal);
    await wait(1);
    await told;
    expect(heard.unavailable).toEqual(['spawn ENOMEM']);
    machine.refuses = null;
    await wait(60_000);
    expect(children).toHaveLength(1);
    supervisor.wanted();
    await wait(1);
    expect(children).toHaveLength(2);
    machine.refuses = refusal;
    expect(() => supervise(machine)).toThrow(refusal);
  });

  it('counts over all lives, and holds only what the living one holds', async () => {
    const { supervisor, newest, wait } = supervise();
    newest().opens();
    await wait(0);
    newest().dies(true);
    await wait(1);
    expect(supervisor.engineStats.decoder.runs).toBe(20);
    expect(supervisor.stats).toMatchObject({ restarts: 1, hangs: 1, residentBytes: 7 });
  });

  it('forks nothing once it is closed', async () => {
    const { supervisor, children, newest, wait } = supervise();
    newest().opens();
    await wait(0);
    newest().dies();
    await supervisor.close(0);
    supervisor.wanted();
    await wait(60_000);
    expect(children).toHaveLength(1);
    expect(supervisor.stats.state).toBe('closed');
  });
});

it('adds what two lives did, and takes what the later one holds', () => {
  const life = (n: number): EngineStats => ({
    vision: {
      passes: n,
      frames: 2 * n,
      batchSizes: { 2: n, [n]: 1 },
      cache: { hits: n, misses: n, reused: n, bytes: n, maxBytes: 9, entries: n },
    },
    decoder: { runs: n },
  });
  expect(engineTotals(life(3), life(4))).toEqual({
    vision: {
      passes: 7,
      frames: 14,
      batchSizes: { 2: 7, 3: 1, 4: 1 },
      cache: { hits: 7, misses: 7, reused: 7, bytes: 4, maxBytes: 9, entries: 4 },
    },
    decoder: { runs: 7 },
  });
});

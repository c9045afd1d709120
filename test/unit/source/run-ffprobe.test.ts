import { ChildProcess, spawn } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { runFfprobe } from '../../../src/source/run-ffprobe.js';

vi.mock('node:child_process', { spy: true });

// As Node has it: out of file descriptors there are no pipes.
it.each(['EMFILE', 'EAGAIN', 'ENOMEM'])('may be tried again where the system answers %s', async (code) => {
  vi.mocked(spawn).mockImplementationOnce(() => {
    const child = new ChildProcess();
    process.nextTick(() => child.emit('error', new Error(`spawn ffprobe ${code}`)));
    return child;
  });
  const run = runFfprobe({ path: 'ffprobe', origin: 'path' } as never, [], {
    onLine: () => undefined,
    idleTimeoutMs: 1000,
  });
  await expect(run).rejects.toMatchObject({ name: 'RetryableError', code: 'ffprobe_stalled' });
});

it('ends it as soon as a line goes on beyond all bounds', async () => {
  const script = `process.stdout.write('a'.repeat(20e6)); setTimeout(() => undefined, 60_000)`;
  const lines: string[] = [];
  const run = runFfprobe({ path: process.execPath, origin: 'path' } as never, ['-e', script], {
    onLine: (line) => lines.push(line),
    idleTimeoutMs: 10_000,
  });
  await expect(run).rejects.toMatchObject({ name: 'RequestError', code: 'video_unreadable' });
  expect(lines).toEqual([]);
});

it('hands over a line with a line separator of Unicode in it as one, and one that nothing ends', async () => {
  const script = `process.stdout.write('{"a":"x\u2028y\u2029z"}\\r\\nlast')`;
  const lines: string[] = [];
  const run = runFfprobe({ path: process.execPath, origin: 'path' } as never, ['-e', script], {
    onLine: (line) => lines.push(line),
    idleTimeoutMs: 10_000,
  });
  await expect(run).resolves.toMatchObject({ code: 0 });
  expect(lines).toEqual(['{"a":"x\u2028y\u2029z"}', 'last']);
});

/** What runs in the process of one engine: it opens it, does one job after the other, and tells what each took. */
import { readFile } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.js';
import type { FromEngine, Memory, ToEngine } from './engine-messages.js';
import type { BenchEngine } from './engines/bench-engine.js';
import { openBenchEngine } from './engines/open-bench-engine.js';
import { runJob } from './jobs.js';

let engine: BenchEngine | null = null;

process.on('SIGINT', () => undefined); // the parent decides what Ctrl-C means
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToEngine) => {
  answer(message).then(tell, (error: unknown) => {
    tell({ kind: 'failed', message: messageOf(error), isMissing: isMissing(error) });
  });
});

function tell(message: FromEngine): void {
  process.send?.(message);
}

async function answer(message: ToEngine): Promise<FromEngine> {
  switch (message.kind) {
    case 'open':
      engine = await openBenchEngine(message.settings, (warning) => {
        tell({ kind: 'warning', message: warning });
      });
      return { kind: 'opened' };
    case 'run':
      if (engine === null) throw new Error('no engine is open');
      return { kind: 'ran', figures: await runJob(engine, message.job) };
    case 'memory':
      return { kind: 'memory', memory: await memory() };
    case 'close':
      await engine?.close();
      return { kind: 'closed' };
  }
}

/** What the system says, where it says it; `maxRSS` may be that of the process this one was forked from. */
async function memory(): Promise<Memory> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const told = (field: string) => {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    return found === undefined ? null : Number(found) * 1024;
  };
  return {
    resident: process.memoryUsage.rss(),
    anonymous: told('RssAnon'),
    peak: told('VmHWM') ?? process.resourceUsage().maxRSS * 1024,
  };
}

/** Whether a package is not installed, or one that it needs. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

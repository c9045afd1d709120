/** Loaded into the server by bench/server.ts: tells the delay of its event loop when it is asked. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds a timer of one millisecond took. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

if (process.send !== undefined) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  process.on('message', (message) => {
    if (message === 'reset') histogram.reset();
    if (message !== 'read') return;
    const ms = (nanoseconds: number) => Number((nanoseconds / 1e6).toFixed(2));
    const { max } = histogram;
    process.send?.({ p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(max) });
  });
}

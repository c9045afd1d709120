import type { LiveEnd } from '../../../../src/source/live/live-end.js';
import type { LiveReading } from '../../../../src/source/live/read-live.js';
import { settle } from './fake-clock.js';

/** An ffmpeg that does what the test says. */
export class FakeReader {
  readonly readings: LiveReading[] = [];
  #end: ((end: LiveEnd) => void) | undefined;
  running = 0;

  readonly read = async (reading: LiveReading): Promise<LiveEnd> => {
    this.readings.push(reading);
    this.running++;
    reading.onStart(4711);
    const end = await new Promise<LiveEnd>((resolve) => {
      this.#end = resolve;
      reading.signal.addEventListener('abort', () => {
        resolve({ code: 'stream_lost', reason: 'killed', isFinal: false });
      });
    });
    this.running--;
    return end;
  };

  /** Gives a frame of one gray; without a time it counts as of the moment it comes. */
  frame(timestampSeconds?: number, gray = 0): void {
    const bytes = new Uint8Array(this.readings.at(-1)?.frameBytes ?? 0).fill(gray);
    this.readings.at(-1)?.onFrame({ bytes, timestampSeconds, widthPixels: 640, heightPixels: 480 });
  }

  async end(end: Partial<LiveEnd> = {}): Promise<void> {
    this.#end?.({ code: 'stream_lost', reason: 'the source stopped sending', isFinal: false, ...end });
    await settle();
  }
}

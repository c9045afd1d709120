import type { Clip } from '../../shared/frame.js';

/** The same clips; tells how long each was waited for: how long the reading and decoding of the file held things up. */
export async function* timedReads(
  clips: AsyncIterable<Clip>,
  onRead: (seconds: number) => void = () => undefined,
): AsyncGenerator<Clip> {
  let asked = performance.now();
  for await (const clip of clips) {
    onRead((performance.now() - asked) / 1000);
    yield clip;
    asked = performance.now();
  }
}

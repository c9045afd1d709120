import { beforeEach, expect, it, vi } from 'vitest';
import { serveEngine } from '../../../src/cli/serve-engine.js';
import { loadConfig } from '../../../src/config.js';
import { openStreamEngine } from '../../../src/pipeline/open-stream-engine.js';
import { FakeModel } from '../pipeline/fake-model.js';

vi.mock('../../../src/pipeline/open-stream-engine.js', () => ({
  openStreamEngine: vi.fn(() => ({ close: () => Promise.resolve() })),
}));
beforeEach(() => {
  vi.mocked(openStreamEngine).mockClear();
});

class OpenModel extends FakeModel {
  opened(): Promise<void> {
    return Promise.resolve();
  }
}

const PROGRAM = { path: 'ffmpeg', origin: 'path', version: '5.1', year: 2022, advice: undefined } as const;
const TOOLS = { ffmpeg: PROGRAM, ffprobe: PROGRAM };

it.each([
  [{}, 3],
  [{ PALISTREAM_MAX_BATCH: '8' }, 7],
  [{ PALISTREAM_MAX_BATCH: '1' }, 1],
])('gives the windows of streams all sequences but one: %j', async (env, parallelWindows) => {
  const engine = serveEngine({ config: loadConfig(env), model: new OpenModel() }, TOOLS);
  await engine.open();
  expect(openStreamEngine).toHaveBeenCalledWith(expect.objectContaining({ parallelWindows }));
  await engine.close();
});

it('opens one engine, after the model', async () => {
  const engine = serveEngine({ config: loadConfig({}), model: new OpenModel() }, TOOLS);
  expect(openStreamEngine).not.toHaveBeenCalled();
  expect(await engine.open()).toBe(await engine.open());
  expect(openStreamEngine).toHaveBeenCalledTimes(1);
});

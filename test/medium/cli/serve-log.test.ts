import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { serveLog } from '../../../src/cli/serve-log.js';
import { loadConfig } from '../../../src/config.js';
import { requestScope } from '../../../src/delivery/logging/request-scope.js';

function logTo(env: NodeJS.ProcessEnv, isTTY = false, isQuiet = false) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  let text = '';
  stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  const stderr = stream as unknown as NodeJS.WriteStream;
  const log = serveLog({ config: loadConfig(env), stderr }, isQuiet);
  return {
    log,
    text: () => text,
    lines: () =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('the log of the server', () => {
  it('has one JSON object a line, with level, time and request', () => {
    const { log, lines } = logTo({});
    requestScope.run({ request_id: 'r' }, () => {
      log.info({ job: 'j' }, 'job queued');
      log.info({ stream: 'a', reason: 'two\nlines' }, 'stream live');
    });
    log.debug({}, 'not told');
    expect(lines().slice(1)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
        request_id: 'r',
        stream: 'a',
        reason: 'two\nlines',
        msg: 'stream live',
      },
    ]);
  });

  it('takes secrets out, by their names and out of addresses', () => {
    const { log, text } = logTo({});
    log.warn(
      { token: 's3cret', headers: { authorization: 'Bearer s3cret' }, stream: { source: { url: 's3cret' } } },
      'a',
    );
    log.error({ err: new Error('cannot open rtsp://user:s3cret@cam/1?key=s3cret') }, 'b');
    expect(text()).not.toContain('s3cret');
    expect(text()).toContain('rtsp://***@cam');
  });

  it('tells as much as it is asked to', () => {
    const { log, lines } = logTo({ PALISTREAM_LOG_LEVEL: 'debug' });
    log.debug({}, 'told');
    expect(lines()).toHaveLength(1);
    const quiet = logTo({ PALISTREAM_LOG_LEVEL: 'debug' }, false, true);
    quiet.log.warn({}, 'not told');
    expect(quiet.text()).toBe('');
  });

  it.each([
    [{}, true],
    [{ PALISTREAM_LOG_FORMAT: 'pretty' }, false],
  ])('is written for people with %j on a terminal: %j', async (env, isTTY) => {
    const { log, text } = logTo({ ...env, NO_COLOR: '1' }, isTTY);
    log.info({ url: 'http://127.0.0.1' }, 'server listens');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(text()).toMatch(/INFO.*server listens/);
    expect(text()).toContain('url: "http://127.0.0.1"');
  });
});

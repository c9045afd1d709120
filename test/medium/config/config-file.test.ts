import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.js';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
let files = 0;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(text: string): string {
  const path = join(folder, `${++files}.yaml`);
  writeFileSync(path, text);
  return path;
}

describe('the configuration file', () => {
  it('sets what the environment does not', () => {
    const path = file('port: 9000\nhost: "::1"\nmax_jobs: null\nstill_threshold: 0.002\ndebug: true\n');
    const config = loadConfig({ PALISTREAM_HOST: '127.0.0.2', PALISTREAM_PORT: '', PALISTREAM_CONFIG: path });
    expect(config).toMatchObject({ port: 9000, host: '127.0.0.2', stillThreshold: 0.002, debug: true });
    expect(config.server.maxWaitingJobs).toBe(1000);
    expect(config.given).toContainEqual({ name: 'PALISTREAM_PORT', text: '9000', origin: `${path} line 1` });
  });

  it('may be JSON, with lists and paths from its own folder', () => {
    const config = loadConfig({}, file('{"model": "big", "stream_allow": ["cam.example", "10.0.0.0/8"]}'));
    expect(config.modelDirectory).toBe(join(folder, 'big'));
    expect(config.server.streamAllow).toEqual(['cam.example', '10.0.0.0/8']);
  });

  it('goes with the command line before the one of the environment', () => {
    const config = loadConfig({ PALISTREAM_CONFIG: file('port: 1') }, file('port: 2'));
    expect(config.port).toBe(2);
  });

  it('may be empty', () => {
    expect(loadConfig({}, file('# nothing yet\n')).port).toBe(8080);
  });

  it('is refused with all that is wrong, and where', () => {
    const path = file('port: 90000\nprot: 1\nhost: {a: 1}\npath: /bin\n');
    const load = () => loadConfig({ PALISTREAM_THREADS: '0' }, path);
    expect(load).toThrow(expect.objectContaining({ code: 'bad_configuration' }));
    for (const problem of [
      `${path} line 2 has "prot", which is no setting`,
      `${path} line 4 has "path", which is no setting`,
      `host in ${path} line 3 must be a text, a number`,
      `port in ${path} line 1 must be a whole number from 0 to 65535, and is "90000"`,
      'PALISTREAM_THREADS in the environment must be',
    ]) {
      expect(load).toThrow(problem);
    }
  });

  it.each([
    ['{"port": 90, ', 'is no YAML or JSON'],
    ['- port', 'must have settings such as'],
    ['port: 1\nport: 2', 'Map keys must be unique'],
    [`# ${'x'.repeat(1024 * 1024)}`, 'and 1048576 may be read'],
  ])('is refused when it is %.20j', (text, message) => {
    expect(() => loadConfig({}, file(text))).toThrow(message);
  });

  it('is refused when it is not there', () => {
    expect(() => loadConfig({ PALISTREAM_CONFIG: join(folder, 'none.yaml') })).toThrow(
      /none\.yaml cannot be read/,
    );
  });

  it('keeps secrets to itself, also wrong ones', () => {
    const path = file('hf_token: hf_secret\n');
    expect(JSON.stringify(loadConfig({}, path).given)).not.toContain('hf_secret');
    expect(loadConfig({}, path).huggingFace.token).toBe('hf_secret');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SETTINGS } from '../../../src/config/settings.js';
import { runCli } from './start-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
const path = join(folder, 'palistream.yaml');
writeFileSync(path, 'port: 9000\nhf_token: hf_secret\n');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('tells what is set and where, without secrets', async () => {
  const env = { PALISTREAM_THREADS: '2' };
  const { code, stdout } = await runCli(['config', '--config', path], { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^PALISTREAM_PORT +9000 {2}<- .*palistream\.yaml line 1$/m);
  expect(stdout).toMatch(/^PALISTREAM_THREADS +2 {2}<- the environment$/m);
  expect(stdout).toMatch(/^HF_TOKEN +\(set\) {2}<- /m);
  expect(stdout).not.toContain('hf_secret');
});

it('is named by the environment as well', async () => {
  const { stdout } = await runCli(['config', '--json'], { env: { PALISTREAM_CONFIG: path } });
  const list = JSON.parse(stdout) as { name: string; value: string | null }[];
  expect(list.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
  expect(list.find(({ name }) => name === 'PALISTREAM_PORT')?.value).toBe('9000');
});

it('lists every setting in the help of serve', async () => {
  const { code, stdout } = await runCli(['serve', '--help']);
  expect(code).toBe(0);
  for (const name of Object.keys(SETTINGS)) expect(stdout).toContain(`\n  ${name}`);
  expect(stdout).toContain('--config <file>');
});

it('says in one line which settings cannot be', async () => {
  const { code, stderr } = await runCli(['config', '--config', join(folder, 'none.yaml')], {
    env: { PALISTREAM_PORT: 'x' },
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^palistream: [^\n]*none\.yaml cannot be read[^\n]*PALISTREAM_PORT[^\n]*\n$/);
});

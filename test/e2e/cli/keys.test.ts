import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from './start-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const env = { PALISTREAM_DATA_DIR: folder };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('makes a key that is shown once, lists it without its secret, and revokes it', async () => {
  const args = ['--scope', 'read', '--topic', 'streams/front-door', '--days', '90'];
  const made = await runCli(['keys', 'create', 'door', ...args], { env });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const text = made.stdout.trim();
  expect(text).toMatch(/^pali_\w{8}_[\w-]{43}$/);
  const file = join(folder, 'keys.json');
  expect(readFileSync(file, 'utf8')).not.toContain(text.slice(14));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const listed = await runCli(['keys', 'list', '--json'], { env });
  expect(JSON.parse(listed.stdout)).toMatchObject({
    name: 'door',
    scopes: ['read'],
    topics: ['streams/front-door'],
  });
  const twice = await runCli(['keys', 'create', 'door'], { env });
  expect(twice).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^palistream: [^\n]*already[^\n]*\n$/) as string,
  });
  const bad = await runCli(['keys', 'create', 'other', '--topic', 'cams/*'], { env });
  expect(bad.code).toBe(2);
  expect((await runCli(['keys', 'revoke', 'door'], { env })).stdout).toMatch(/^door \(\w{8}\) is revoked\n$/);
  expect((await runCli(['keys', 'list'], { env })).stdout).toBe('there are no API keys\n');
  expect((await runCli(['keys', 'revoke', 'door'], { env })).code).toBe(2);
  const entry = await runCli(['keys', 'create', 'ops', '--print-entry'], { env });
  expect(entry.stdout.split('\n')[1]).toMatch(/^ops:read\+ask:\*:[\da-f]{64}$/);
  expect((await runCli(['keys', 'list'], { env })).stdout).toBe('there are no API keys\n');
});

it('refuses an end for an entry, which has no place for one', async () => {
  const args = ['keys', 'create', 'ops', '--print-entry', '--days', '7'];
  expect(await runCli(args, { env })).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^palistream: --print-entry and --days cannot [^\n]*\n$/) as string,
  });
});

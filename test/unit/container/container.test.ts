import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../../src/config/settings.js';

const lines = readFileSync('Dockerfile', 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '');
const stages = lines.reduce<string[][]>((all, line) => {
  if (line.startsWith('FROM ')) all.push([]);
  all.at(-1)?.push(line);
  return all;
}, []);
const last = stages.at(-1) ?? [];
const copied = lines
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(' ').slice(1, -1));

describe('the Dockerfile', () => {
  it('builds in stages, each on the oldest Node that is supported, and runs the last as nobody special', () => {
    expect(stages.length).toBeGreaterThan(1);
    for (const [from] of stages) expect(from).toMatch(/^FROM node:20-bookworm-slim/);
    const user = last.findIndex((line) => line === 'USER node');
    expect(user).toBeGreaterThan(last.findLastIndex((line) => line.startsWith('RUN ')));
  });

  it('copies what is there, and what .dockerignore lets through', () => {
    const allowed = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(copied.length).toBeGreaterThan(8);
    for (const path of copied) {
      expect(existsSync(path)).toBe(true);
      expect(allowed).toContain(`!${path}`);
    }
  });

  it('copies all that the package has, but what is built', () => {
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    const missing = files.filter((file) => file !== 'dist' && !copied.some((path) => file.startsWith(path)));
    expect(missing).toEqual([]);
  });

  it('sets only what can be set', () => {
    const set = [...readFileSync('Dockerfile', 'utf8').matchAll(/\b(PALISTREAM_\w+)=/g)].map(
      ([, name]) => name,
    );
    expect(set.length).toBeGreaterThan(3);
    for (const name of set) expect(Object.keys(SETTINGS)).toContain(name);
  });

  it('asks for its health with a command of the program, and ends with a program that passes signals on', () => {
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain(
      '["node", "/app/dist/cli.js", "health"]',
    );
    expect(last).toContain('ENTRYPOINT ["tini", "--", "node", "/app/dist/cli.js"]');
    expect(last).toContain('VOLUME /data');
  });
});

describe('compose.yaml', () => {
  const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8')) as {
    services: Record<
      string,
      { ports: string[]; environment: Record<string, string>; volumes: string[]; stop_grace_period: string }
    >;
    volumes: Record<string, unknown>;
  };
  const server = services['palistream'];

  it('publishes the port on this machine alone, and keeps the data in a volume', () => {
    expect(server?.ports).toEqual(['127.0.0.1:8080:8080']);
    expect(server?.volumes).toEqual(['data:/data']);
    expect(Object.keys(volumes)).toEqual(['data']);
  });

  it('sets only what can be set', () => {
    for (const name of Object.keys(server?.environment ?? {})) expect(Object.keys(SETTINGS)).toContain(name);
  });

  it('gives the server the time that its end may take', () => {
    const seconds = Number.parseInt(server?.stop_grace_period ?? '', 10);
    const preset = Number(SETTINGS.PALISTREAM_SHUTDOWN_SECONDS.default.replaceAll('`', ''));
    expect(seconds).toBeGreaterThan(preset + 3);
  });
});

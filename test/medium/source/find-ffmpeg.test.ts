import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledProgram } from '../../../src/source/bundled-program.js';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { makeFolder } from './lavfi.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());

/** A program that answers `-version` as ffmpeg would. */
async function fake(name: string, year: number): Promise<string> {
  const path = join(folder, String(year), name);
  await mkdir(join(folder, String(year)), { recursive: true });
  const banner = `${name} version 9.9 Copyright (c) 2000-${year} the FFmpeg developers`;
  await writeFile(path, `#!/bin/sh\necho '${banner}'\n`);
  await chmod(path, 0o755);
  return path;
}

describe('finding ffmpeg', () => {
  it('falls back to the bundled one and says that it is old', async () => {
    const { ffmpeg, ffprobe } = await findFfmpeg({ path: '' }, new Date('2026-06-01'));
    expect(ffmpeg).toMatchObject({ origin: 'bundled', year: 2018 });
    expect(ffmpeg.advice).toContain('do not feed it videos from people you do not trust');
    expect(ffprobe.origin).toBe('bundled');
  });

  it('prefers the one on the PATH, and takes the bundled ffprobe where there is none beside it', async () => {
    const path = await fake('ffmpeg', 2026);
    const { ffmpeg, ffprobe } = await findFfmpeg({ path: join(folder, '2026') }, new Date('2026-06-01'));
    expect(ffmpeg).toEqual({ path, origin: 'path', version: '9.9', year: 2026, advice: undefined });
    expect(ffprobe.origin).toBe('bundled');
  });

  it('prefers the one that a setting names, and the ffprobe beside it', async () => {
    const ffmpegPath = await fake('ffmpeg', 2025);
    const beside = await fake('ffprobe', 2025);
    const found = await findFfmpeg({ ffmpegPath, path: join(folder, '2026') });
    expect(found.ffmpeg).toMatchObject({ path: ffmpegPath, origin: 'setting' });
    expect(found.ffprobe.path).toBe(beside);
  });

  it('refuses a setting that names something else', async () => {
    for (const ffmpegPath of [join(folder, 'none'), folder, '/bin/sh']) {
      await expect(findFfmpeg({ ffmpegPath, path: '' })).rejects.toMatchObject({ code: 'ffmpeg_not_usable' });
    }
  });

  it('gives the bundled program its executable bit back', async () => {
    const path = await fake('ffmpeg', 2020);
    await chmod(path, 0o644);
    expect(bundledProgram('ffmpeg', () => path)).toBe(path);
    expect((await stat(path)).mode & 0o111).toBe(0o111);
  });
});

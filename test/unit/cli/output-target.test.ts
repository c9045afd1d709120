import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { outputTarget } from '../../../src/cli/output-target.js';
import { openLocalFile } from '../../../src/source/local-file.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'output-')));
const film = join(folder, 'holiday.mp4');
writeFileSync(film, 'film');
symlinkSync(film, join(folder, 'link.mp4'));
writeFileSync(join(folder, 'old.srt'), 'old');
symlinkSync('old.srt', join(folder, 'link.srt'));
symlinkSync('gone.srt', join(folder, 'astray.srt'));
symlinkSync('/dev/null', join(folder, 'null.srt'));
const input = await openLocalFile(film);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('is where results go, or nowhere', async () => {
  expect(await outputTarget(input, undefined, null)).toBeNull();
  expect(await outputTarget(input, join(folder, 'out.srt'), film)).toBe(join(folder, 'out.srt'));
});

it('is what a link leads to', async () => {
  expect(await outputTarget(input, join(folder, 'link.srt'), film)).toBe(join(folder, 'old.srt'));
});

it.each([
  ['holiday.mp4', null, 'output_over_input'],
  ['link.mp4', null, 'output_over_input'],
  ['out.mp4', 'out.mp4', 'output_over_drawing'],
  ['link.srt', 'old.srt', 'output_over_drawing'],
  ['none/out.srt', null, 'output_not_writable'],
  ['.', null, 'is_a_directory'],
  ['astray.srt', null, 'not_a_file'],
  ['null.srt', null, 'not_a_file'],
  ['/dev/null', null, 'not_a_file'],
])('refuses %s before the work begins, with a drawing into %s', async (output, drawing, code) => {
  const target = outputTarget(
    input,
    resolve(folder, output),
    drawing === null ? null : join(folder, drawing),
  );
  await expect(target).rejects.toMatchObject({ code });
});

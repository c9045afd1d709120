import fs, { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { resumableUploads } from '../../../../src/delivery/videos/resumable-uploads.js';
import { VideoLibrary } from '../../../../src/delivery/videos/video-library.js';
import { keptLog } from '../../../fixtures/delivery/kept-log.js';

const root = mkdtempSync(join(tmpdir(), 'resumable-'));
const library = Object.create(VideoLibrary.prototype) as VideoLibrary;
const log = keptLog([]);
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('makes its folder at once, not in the background, where an error would end the process', () => {
  const inBackground = vi.spyOn(fs, 'mkdir');
  const folder = join(root, 'uploads', 'tus');
  resumableUploads({ library, folder, maxBytes: 1, log, onBug: vi.fn() });
  expect(existsSync(folder)).toBe(true);
  expect(inBackground).not.toHaveBeenCalled();
});

it('answers, and tells what failed, where its folder cannot be reached', async () => {
  const folder = join(root, 'gone', 'tus');
  const onBug = vi.fn();
  const uploads = resumableUploads({ library, folder, maxBytes: 1, log, onBug });
  rmSync(join(root, 'gone'), { recursive: true });
  writeFileSync(join(root, 'gone'), 'no folder');
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '1' };
  const request = new Request('http://127.0.0.1/v1/uploads', { method: 'POST', headers });
  expect((await uploads.handleWeb(request)).status).toBe(500);
  expect(onBug).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'ENOTDIR' }));
});

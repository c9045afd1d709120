import fs, { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { resumableUploads } from '../../../../src/delivery/videos/resumable-uploads.js';
import { VideoLibrary } from '../../../../src/delivery/videos/video-library.js';

const root = mkdtempSync(join(tmpdir(), 'resumable-'));
afterEach(() => {
  rmSync(root, { recursive: true });
});

it('makes its folder at once, not in the background, where an error would end the process', () => {
  const inBackground = vi.spyOn(fs, 'mkdir');
  const folder = join(root, 'uploads', 'tus');
  const library = Object.create(VideoLibrary.prototype) as VideoLibrary;
  resumableUploads({ library, folder, maxBytes: 1 });
  expect(existsSync(folder)).toBe(true);
  expect(inBackground).not.toHaveBeenCalled();
});

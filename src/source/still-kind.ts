import { open } from 'node:fs/promises';
import { hasSecondJpeg } from './has-second-jpeg.js';
import { isAnimatedPng } from './is-animated-png.js';
import type { LocalFile } from './local-file.js';
import { pictureKind } from './picture-kind.js';

/** The kind of a file that is one still picture; undefined for a video, which a PNG or a row of JPEGs may be too. */
export async function stillKind(file: LocalFile): Promise<ReturnType<typeof pictureKind>> {
  const kind = pictureKind(file.head);
  if (kind !== 'png' && kind !== 'jpeg') return kind;
  const opened = await open(file.path);
  try {
    const moves = await (kind === 'png' ? isAnimatedPng(opened) : hasSecondJpeg(opened));
    return moves ? undefined : kind;
  } finally {
    await opened.close();
  }
}

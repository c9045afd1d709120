import { mkdir, mkdtemp, rm, truncate, writeFile, readFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/shared/errors.js';
import { decodePicture } from '../../../src/source/decode-picture.js';
import { readPicture } from '../../../src/source/picture.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picture-'));
});
afterAll(() => rm(folder, { recursive: true }));

const frames = join(import.meta.dirname, '../../fixtures/paligemma-tiny/paligemma1-tiny-f32/frames');

/** 2 rows of 3 pixels, from raw bytes of `channels` channels. */
function raw(bytes: number[], channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(Uint8Array.from(bytes), { raw: { width: 3, height: 2, channels } });
}

async function save(name: string, picture: Sharp): Promise<string> {
  const file = join(folder, name);
  await picture.toFile(file);
  return file;
}

const RGB = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90];

/** A PNG that says it has these sides, with hardly any data. */
async function savePngHeader(name: string, width: number, height: number): Promise<string> {
  const file = await save(name, raw(RGB, 3));
  const bytes = await readFile(file);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  await writeFile(file, bytes);
  return file;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function refusal(path: string): Promise<RequestError> {
  const thrown: unknown = await decodePicture(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof RequestError)) throw new Error(`${path} was not refused: ${String(thrown)}`);
  expect(thrown.message).not.toContain('\n');
  return thrown;
}

describe('readPicture', () => {
  it('equals the reference from the file to the resized bytes', async () => {
    const { data } = await sharp(join(frames, '07.resized.png')).raw().toBuffer({ resolveWithObject: true });
    const pixels = await readPicture(join(frames, '07.png'), 56);
    expect(Buffer.compare(pixels.data, data)).toBe(0);
  });

  it('reads a picture of 7680x4320 and one of 1x1', async () => {
    const large = sharp({ create: { width: 7680, height: 4320, channels: 3, background: '#123456' } });
    const big = await readPicture(await save('8k.jpg', large.jpeg()), 56);
    expect(big.dims).toEqual([56, 56, 3]);
    const dot = sharp(Uint8Array.of(1, 2, 3), { raw: { width: 1, height: 1, channels: 3 } });
    const small = await readPicture(await save('dot.png', dot), 2);
    expect([...small.data]).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });
});

describe('decodePicture', () => {
  it('keeps RGB as it is', async () => {
    const { dims, data } = await decodePicture(await save('rgb.png', raw(RGB, 3)));
    expect(dims).toEqual([2, 3, 3]);
    expect([...data]).toEqual(RGB);
  });

  it('drops alpha without blending', async () => {
    const rgba = [255, 0, 0, 0, 0, 255, 0, 1, 0, 0, 255, 128, 10, 20, 30, 0, 40, 50, 60, 255, 70, 80, 90, 7];
    expect([...(await decodePicture(await save('rgba.png', raw(rgba, 4)))).data]).toEqual(RGB);
  });

  it('makes three channels of grey, with alpha or without', async () => {
    const expected = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6];
    const grey = raw([1, 2, 3, 4, 5, 6], 1).toColourspace('b-w').png();
    expect([...(await decodePicture(await save('grey.png', grey))).data]).toEqual(expected);
    const withAlpha = raw([1, 0, 2, 9, 3, 9, 4, 9, 5, 9, 6, 0], 2).toColourspace('b-w').png();
    expect([...(await decodePicture(await save('la.png', withAlpha))).data]).toEqual(expected);
  });

  it('looks palettes up', async () => {
    const file = await save('palette.png', raw(RGB, 3).png({ palette: true, dither: 0 }));
    expect((await sharp(file).metadata()).isPalette).toBe(true);
    expect([...(await decodePicture(file)).data]).toEqual(RGB);
  });

  it('keeps the upper half of 16 bits', async () => {
    const wide = Uint16Array.from(RGB, (value, i) => value * 256 + i * 13);
    const picture = sharp(wide, { raw: { width: 3, height: 2, channels: 3 } })
      .toColourspace('rgb16')
      .png();
    const file = await save('rgb16.png', picture);
    expect((await sharp(file).metadata()).depth).toBe('ushort');
    expect([...(await decodePicture(file)).data]).toEqual(RGB);
  });

  it('converts CMYK by complement, as PIL does without a profile', async () => {
    const file = await save(
      'cmyk.tif',
      sharp({ create: { width: 4, height: 4, channels: 3, background: '#2080c0' } })
        .toColourspace('cmyk')
        .tiff({ compression: 'none' }),
    );
    const { data } = await decodePicture(file);
    const { data: ink } = await sharp(file)
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [cyan = 0, , , black = 0] = ink;
    expect(data[0]).toBe(255 - black - Math.round((cyan * (255 - black)) / 255));
    expect(data).toHaveLength(48);
  });

  it('turns a picture the way its EXIF orientation says', async () => {
    const file = await save('turned.png', raw(RGB, 3).withMetadata({ orientation: 6 }));
    const { dims, data } = await decodePicture(file);
    expect(dims).toEqual([3, 2, 3]);
    expect([...data.subarray(0, 6)]).toEqual([10, 20, 30, 255, 0, 0]);
  });

  it('reads a path with spaces, quotes, brackets and a leading dash', async () => {
    const file = await save(`-a 'b' "c"[page=3].png`, raw(RGB, 3));
    expect([...(await decodePicture(file)).data]).toEqual(RGB);
  });

  it('refuses a decompression bomb before decoding it', async () => {
    expect(await refusal(await savePngHeader('bomb.png', 60_000, 60_000))).toMatchObject({
      code: 'picture_too_large',
    });
  });

  it.each([
    ['a text file', 'text.png', 'hello, no picture', 'picture_unreadable'],
    [
      'an SVG drawing',
      'drawing.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'picture_format',
    ],
    ['an empty file', 'empty.png', '', 'empty_file'],
  ])('refuses %s', async (_, name, content, code) => {
    const file = join(folder, name);
    await writeFile(file, content);
    expect(await refusal(file)).toMatchObject({ code });
  });

  it('refuses a truncated picture', async () => {
    for (const name of ['cut.jpg', 'cut.png']) {
      const file = await save(name, sharp(join(frames, '02.png')));
      await truncate(file, 4000);
      expect(await refusal(file)).toMatchObject({ code: 'picture_unreadable' });
    }
  });

  it('refuses a missing file, a folder, and a file it may not read', async () => {
    expect(await refusal(join(folder, 'missing.png'))).toMatchObject({ code: 'no_such_file' });
    const inner = join(folder, 'inner.png');
    await mkdir(inner);
    expect(await refusal(inner)).toMatchObject({ code: 'is_a_directory' });
    const secret = await save('secret.png', raw(RGB, 3));
    await chmod(secret, 0);
    // The superuser may read everything.
    if (process.getuid?.() !== 0) expect(await refusal(secret)).toMatchObject({ code: 'no_permission' });
  });
});

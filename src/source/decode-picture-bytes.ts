import sharp, { type Metadata, type Sharp } from 'sharp';
import { messageOf, RequestError } from '../shared/errors.js';
import { PIXEL_AXES, type Pixels, tensor } from '../shared/tensor.js';
import { cmykToRgb } from './cmyk-to-rgb.js';

/** 8192x8192: twice 7680x4320. A decoded picture takes 3 bytes a pixel, so 200 MB, however small its file is. */
const MAX_PICTURE_PIXELS = 8192 * 8192;

/** Not SVG or PDF: they are programs that draw, and the reference cannot read them either. */
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'];

/**
 * Decodes a picture to RGB as PIL's `convert("RGB")` does: grey and palettes become RGB, alpha is dropped, not
 * blended, colour profiles are not applied, of an animation the first picture counts. Of 16 bits the upper 8 are
 * kept (PIL clips 16-bit grey to white instead).
 *
 * The EXIF orientation is applied, as Hugging Face's `load_image` does (a bare `Image.open` would not): a telephone's
 * picture is looked at the way its photographer saw it.
 * @param name - of the picture, for errors
 * @throws RequestError `picture_too_large`, `picture_format`, `picture_unreadable`
 */
export async function decodePictureBytes(bytes: Uint8Array, name: string): Promise<Pixels> {
  try {
    const picture = sharp(bytes, { ignoreIcc: true, failOn: 'error', limitInputPixels: MAX_PICTURE_PIXELS });
    const facts = await picture.metadata();
    checkFacts(facts, name);
    return await decode(picture.autoOrient(), facts);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw unreadable(error, name);
  }
}

async function decode(picture: Sharp, facts: Metadata): Promise<Pixels> {
  if (facts.space === 'cmyk') {
    const raw = picture.pipelineColourspace('cmyk').toColourspace('cmyk').raw({ depth: 'uchar' });
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    return tensor(PIXEL_AXES, [info.height, info.width, 3], cmykToRgb(data, info.channels));
  }
  const raw = picture.toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const rgb = info.channels === 1 ? greyToRgb(data) : data;
  return tensor(
    PIXEL_AXES,
    [info.height, info.width, 3],
    new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.byteLength),
  );
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  grey.forEach((value, i) => rgb.fill(value, i * 3, i * 3 + 3));
  return rgb;
}

function checkFacts({ format, width, height }: Metadata, name: string): void {
  if (!FORMATS.includes(format)) {
    throw new RequestError(
      'picture_format',
      `${name} is a ${format} file, pictures are read from JPEG, PNG, WebP, GIF, TIFF and AVIF`,
    );
  }
  if (width * height > MAX_PICTURE_PIXELS) throw tooManyPixels(name, `${width}x${height} pixels`);
}

function tooManyPixels(name: string, what: string): RequestError {
  return new RequestError(
    'picture_too_large',
    `${name} has ${what}, at most ${MAX_PICTURE_PIXELS} are decoded`,
  );
}

function unreadable(error: unknown, name: string): RequestError {
  const [line = ''] = messageOf(error).split('\n');
  if (line.includes('pixel limit')) return tooManyPixels(name, 'too many pixels');
  const what = line.includes('unsupported image format')
    ? 'is not a picture of a known format'
    : 'is damaged';
  return new RequestError(
    'picture_unreadable',
    `${name} ${what} and cannot be decoded (${line}): save it again`,
    {
      cause: error,
    },
  );
}

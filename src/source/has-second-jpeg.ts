import type { FileHandle } from 'node:fs/promises';

/** A colour profile takes at most 255, and what a telephone knows of depths some hundred. */
const MAX_SEGMENTS = 1000;
/** Frames of a recording have a few megabytes at most. */
const MAX_FRAME_BYTES = 64 << 20;
const SCAN_BYTES = 64 * 1024;

const START = [0xff, 0xd8, 0xff] as const;
const APP2 = 0xe2;
const END_OF_IMAGE = 0xd9;

/**
 * Whether another JPEG stands at once behind the one a file begins with, as in a Motion JPEG recording.
 *
 * Photos that bring further pictures along (previews, depths) say so in an `MPF` segment: they are no recording.
 */
export async function hasSecondJpeg(file: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(8);
  let at = 2; // behind its start
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const place = await nextMarker(file, at);
    if (place === undefined) return false;
    await file.read(head.fill(0), 0, head.length, place);
    const marker = head.readUInt8(1);
    if (marker === END_OF_IMAGE) return START.every((byte, i) => head[2 + i] === byte);
    if (marker === APP2 && head.toString('latin1', 4, 8) === 'MPF\0') return false;
    at = place + 2 + head.readUInt16BE(2); // a thumbnail lies inside of a segment
  }
  return false;
}

/** Where the next marker is, from a place on: behind a scan's header that is behind its data. */
async function nextMarker(file: FileHandle, from: number): Promise<number | undefined> {
  const chunk = Buffer.alloc(SCAN_BYTES);
  // The last byte of each is read again: it may be the first half of a marker.
  for (let at = from; at < MAX_FRAME_BYTES; at += SCAN_BYTES - 1) {
    const { bytesRead } = await file.read(chunk, 0, SCAN_BYTES, at);
    for (let i = chunk.indexOf(0xff); i !== -1 && i + 1 < bytesRead; i = chunk.indexOf(0xff, i + 1)) {
      if (!isInData(chunk.readUInt8(i + 1))) return at + i;
    }
    if (bytesRead < SCAN_BYTES) return undefined;
  }
  return undefined;
}

/** Behind an FF these mean a byte of data, a point to begin again in it, or that the FF only fills. */
function isInData(byte: number): boolean {
  return byte === 0x00 || (byte >= 0xd0 && byte <= 0xd7) || byte === 0xff;
}

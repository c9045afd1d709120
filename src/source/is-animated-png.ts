import type { FileHandle } from 'node:fs/promises';

/** Before their pixels PNGs have a few chunks; more are not looked through. */
const MAX_CHUNKS = 1000;
const SIGNATURE_BYTES = 8;
/** Length and type in front of what a chunk holds, a checksum behind it. */
const HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** The header, and how many frames there are. */
const SEEN_BYTES = HEADER_BYTES + 4;

/** Whether a PNG file says before its pixels that it has several frames. */
export async function isAnimatedPng(file: FileHandle): Promise<boolean> {
  const seen = Buffer.alloc(SEEN_BYTES);
  let at = SIGNATURE_BYTES;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const { bytesRead } = await file.read(seen, 0, SEEN_BYTES, at);
    const type = seen.toString('latin1', 4, HEADER_BYTES);
    if (bytesRead < SEEN_BYTES || type === 'IDAT') return false;
    if (type === 'acTL') return seen.readUInt32BE(HEADER_BYTES) > 1;
    at += HEADER_BYTES + seen.readUInt32BE(0) + CHECKSUM_BYTES;
  }
  return false;
}

/** The pictures that are recognised by their first bytes; GIF is read as a video. Some move: see `stillKind`. */
export function pictureKind(head: Uint8Array): 'png' | 'jpeg' | 'webp' | undefined {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  return undefined;
}

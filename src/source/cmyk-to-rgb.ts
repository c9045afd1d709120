/**
 * Converts printing colours as PIL does, without a colour profile: each of red, green and blue is what its
 * complement and black leave of white.
 *
 * @param cmyk bytes, 0 for no ink; `channels` a pixel, those after the fourth are dropped
 */
export function cmykToRgb(cmyk: Uint8Array, channels: number): Uint8Array {
  const pixels = cmyk.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const light = 255 - (cmyk[i * channels + 3] ?? 0);
    for (let c = 0; c < 3; c++) {
      // PIL's MULDIV255: the product over 255, rounded, without a division.
      const product = (cmyk[i * channels + c] ?? 0) * light + 128;
      rgb[i * 3 + c] = light - (((product >> 8) + product) >> 8);
    }
  }
  return rgb;
}

import sharp from 'sharp';
import type { Pixels } from '../../shared/tensor.js';
import type { Drawing } from './drawing.js';
import { sceneOf } from './scene-at.js';
import { ScenePainter } from './scene-painter.js';

/** Writes a picture as PNG with what a drawing has at a time in it. */
export async function drawPicture(
  { data, dims: [height, width] }: Pixels,
  drawing: Drawing,
  atSeconds: number,
  output: string,
): Promise<void> {
  const painter = await ScenePainter.open(width, height);
  const overlay = await painter.paint(sceneOf(drawing)(atSeconds));
  await sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(overlay.data.buffer), raw: { width, height, channels: 4 } }])
    .png()
    .toFile(output);
}

import type { PaliGemmaConfig } from '../checkpoint/config.js';
import type { PreprocessorConfig } from '../checkpoint/preprocessor.js';
import { GraphBuilder } from './graph-builder.js';
import { visionTower } from './vision-tower.js';
import type { Weights } from './weights.js';

/** An encoded graph and the names of what goes in and comes out. */
export interface VisionGraph {
  readonly model: Uint8Array;
  readonly ports: {
    /** uint8 `[F, S, S, 3]`: F frames, S the side in pixels. */
    readonly pixels: string;
    /** float32 `[F, P, E]`: P patches row-major, E the projection's width. */
    readonly imageTokens: string;
  };
}

/**
 * SigLIP and the projector: RGB bytes in, image tokens out, scaled as the decoder takes them (by 1).
 * Source: paligemma.md sections 1 and 2.
 */
export function visionGraph(
  config: PaliGemmaConfig,
  preprocessor: PreprocessorConfig,
  weights: Weights,
): VisionGraph {
  const graph = new GraphBuilder('vision');
  const { imageSize: side, channels } = config.vision;
  const pixels = graph.input('pixels', 'uint8', ['F', side, side, channels]);
  const image = normalisedImage(graph, pixels, preprocessor); // [F, 3, S, S]

  const x = visionTower(graph, config, weights, image);
  const shape = graph.integers([-1, config.imageTokens, config.projectionDim]);
  graph.output('image_tokens', graph.node('Reshape', [x, shape]), [
    'F',
    config.imageTokens,
    config.projectionDim,
  ]);
  return { model: graph.build(), ports: { pixels, imageTokens: 'image_tokens' } };
}

/** `[F, S, S, 3]` bytes -> `[F, 3, S, S]` numbers, in the reference's order: rescale, minus mean, by std. */
function normalisedImage(graph: GraphBuilder, pixels: string, preprocessor: PreprocessorConfig): string {
  const planes = graph.node('Transpose', [pixels], { attributes: { perm: { ints: [0, 3, 1, 2] } } });
  const bytes = graph.node('Cast', [planes], { attributes: { to: { int: 1 } } });
  const unit = graph.node('Mul', [bytes, graph.scalar(preprocessor.rescaleFactor)]);
  const perChannel = (name: string, values: readonly number[]) =>
    graph.floats(name, [1, values.length, 1, 1], Float32Array.from(values));
  const centred = graph.node('Sub', [unit, perChannel('mean', preprocessor.mean)]);
  return graph.node('Div', [centred, perChannel('std', preprocessor.std)]);
}

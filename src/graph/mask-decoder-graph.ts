import { BugError } from '../shared/errors.js';
import { GraphBuilder } from './graph-builder.js';
import { CODEBOOK, DOUBLING_LAYERS, MASK_DECODER_SHAPES, RESIDUAL_BLOCKS } from './mask-decoder-shapes.js';
import type { MaskDecoderTensors } from './read-mask-decoder.js';

/** An encoded graph and the names of what goes in and comes out. */
export interface MaskDecoderGraph {
  readonly model: Uint8Array;
  readonly ports: {
    /** int64 `[M, 16]`: M masks, codes row-major 4x4. */
    readonly codes: string;
    /** float32 `[M, 64, 64]`, nominally -1 to 1. */
    readonly masks: string;
  };
}

/** The decoder half of the mask VQ-VAE; its weights are written into the graph. Source: paligemma.md section 8.2. */
export function maskDecoderGraph(tensors: MaskDecoderTensors): MaskDecoderGraph {
  const graph = new GraphBuilder('mask_decoder');
  const weight = (name: string) => {
    const values = tensors.get(name);
    if (values === undefined) throw new BugError('tensor_unknown', `the mask decoder has no tensor ${name}`);
    return graph.floats(name, MASK_DECODER_SHAPES.get(name) ?? [], values);
  };
  const layer = (opType: string, x: string, name: string, attributes = {}) =>
    graph.node(opType, [x, weight(`${name}.weight`), weight(`${name}.bias`)], { attributes });
  const relu = (x: string) => graph.node('Relu', [x]);
  const same = { pads: { ints: [1, 1, 1, 1] } };

  const codes = graph.input('codes', 'int64', ['M', 16]);
  const rows = graph.node('Gather', [weight(CODEBOOK), codes]); // [M, 16, 512]
  const channels = graph.node('Transpose', [rows], { attributes: { perm: { ints: [0, 2, 1] } } });
  const square = graph.node('Reshape', [channels, graph.integers([-1, 512, 4, 4])]);

  let x = relu(layer('Conv', square, 'decoder.0')); // [M, 128, 4, 4]
  for (const block of RESIDUAL_BLOCKS) {
    const first = relu(layer('Conv', x, `${block}.net.0`, same));
    const second = relu(layer('Conv', first, `${block}.net.2`, same));
    x = graph.node('Add', [x, layer('Conv', second, `${block}.net.4`)]);
  }
  const double = { strides: { ints: [2, 2] }, ...same };
  for (const name of DOUBLING_LAYERS) x = relu(layer('ConvTranspose', x, name, double)); // ... [M, 16, 64, 64]
  x = layer('Conv', x, 'decoder.12');

  graph.output('masks', graph.node('Reshape', [x, graph.integers([-1, 64, 64])]), ['M', 64, 64]);
  return { model: graph.build(), ports: { codes, masks: 'masks' } };
}

import { MICROSOFT, type GraphBuilder } from './graph-builder.js';
import { quantizedRows } from './quantized-rows.js';
import { BLOCK } from './stored-format.js';
import type { Weights } from './weights.js';

/**
 * A linear layer: `[rows, in]` -> `[rows, out]`, by the name its weight has without `.weight`.
 * Every layer of both towers goes through one of these; how its weight is stored decides the kernel.
 */
export type Linear = (graph: GraphBuilder, x: string, name: string) => string;

/** What `MatMulNBits` computes in: in integers at 4, in floats at 0. */
export type AccuracyLevel = 0 | 4;

/** Linear layers on weights of any precision. */
export function storedLinear(weights: Weights, accuracyLevel: AccuracyLevel = 4): Linear {
  const float = floatLinear(weights);
  const channels = channelsLinear(weights);
  const blocks = blocksLinear(weights, accuracyLevel);
  return (graph, x, name) => {
    switch (weights.format(`${name}.weight`)) {
      case 'channels8':
        return channels(graph, x, name);
      case 'blocks8':
      case 'blocks4':
        return blocks(graph, x, name);
      case 'float':
      case 'table8': // rows to look up; asking for one as a layer is refused below
        return float(graph, x, name);
    }
  };
}

/** Linear layers in float32, on weights that stay `[out, in]` as Hugging Face stores them. */
export function floatLinear(weights: Weights): Linear {
  return (graph, x, name) => {
    const inputs = [x, graph.weight(`${name}.weight`, weights.locate(`${name}.weight`))];
    if (weights.has(`${name}.bias`)) {
      inputs.push(graph.weight(`${name}.bias`, weights.locate(`${name}.bias`)));
    }
    return graph.node('Gemm', inputs, { attributes: { transB: { int: 1 } } });
  };
}

/**
 * Integer matrix products. The rows are brought to unsigned bytes (the signed kernel is ten times slower on x64),
 * each by its own scale, so that no row's answer depends on which others are in the batch; layers that read the
 * same rows share the bytes.
 */
function channelsLinear(weights: Weights): Linear {
  const rowsOf = quantizedRows();
  return (graph, x, name) => {
    const { bytes, scales, zero } = rowsOf(graph, x);
    const [numbers, channelScales] = parts(graph, weights, `${name}.weight`);
    const product = graph.node(
      'MatMulIntegerToFloat',
      [bytes, numbers, graph.scalar(1), channelScales, zero],
      { domain: MICROSOFT },
    );
    return withBias(graph, weights, graph.node('Mul', [product, scales]), name);
  };
}

/**
 * Products with weights in blocks. `accuracy_level` 4 computes in integers, with a scale for each block of each row;
 * without it 8 bits are unpacked at every call, a hundred times slower for one row.
 */
function blocksLinear(weights: Weights, accuracyLevel: AccuracyLevel): Linear {
  return (graph, x, name) => {
    const format = weights.format(`${name}.weight`);
    const isFour = format === 'blocks4';
    const [numbers, scales] = parts(graph, weights, `${name}.weight`);
    const [{ shape }] = weights.locateParts(`${name}.weight`);
    const product = graph.node('MatMulNBits', [x, numbers, scales], {
      domain: MICROSOFT,
      attributes: {
        K: { int: weights.columns(`${name}.weight`) },
        N: { int: shape[0] ?? 0 },
        bits: { int: isFour ? 4 : 8 },
        block_size: { int: isFour ? BLOCK.blocks4 : BLOCK.blocks8 },
        accuracy_level: { int: accuracyLevel },
      },
    });
    return withBias(graph, weights, product, name);
  };
}

function parts(graph: GraphBuilder, weights: Weights, name: string): readonly [string, string] {
  const [numbers, scales] = weights.locateParts(name);
  return [graph.weight(name, numbers), graph.weight(`${name}.scales`, scales)];
}

function withBias(graph: GraphBuilder, weights: Weights, product: string, name: string): string {
  const bias = `${name}.bias`;
  if (!weights.has(bias)) return product;
  return graph.node('Add', [product, graph.weight(bias, weights.locate(bias))]);
}

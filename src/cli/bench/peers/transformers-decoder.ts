import type { PaliGemmaConfig, TextConfig } from '../../../checkpoint/config.js';
import { decoderNormNames } from '../../../graph/decoder-block.js';
import { GraphBuilder, MICROSOFT } from '../../../graph/graph-builder.js';
import { storedLinear, type Linear } from '../../../graph/linear.js';
import { rmsNorms, type RmsNorm } from '../../../graph/rms-norm.js';
import type { Weights } from '../../../graph/weights.js';
import { RotaryTable } from '../../../language/rotary-table.js';

const FINAL_NORM = 'language_model.norm.weight';

/** What every layer is built with. */
interface Context {
  readonly graph: GraphBuilder;
  readonly text: TextConfig;
  readonly linear: Linear;
  readonly norm: RmsNorm;
  readonly rotate: (x: string, heads: number) => string;
}

/**
 * A Gemma decoder as transformers.js drives it: embeddings in, logits and the whole grown cache out at every step,
 * `[1, 1, P + S, D]` for each layer. Batch 1, one key/value head. Every token of a call sees everything, as in the
 * published conversions. It gets the kernels that ours has, so that what is compared is how it is driven.
 *
 * 4-bit products compute in floats: its own quantization leaves the accuracy level out.
 */
export async function transformersDecoderGraph(
  { text }: PaliGemmaConfig,
  weights: Weights,
): Promise<Uint8Array> {
  const graph = new GraphBuilder('decoder_model_merged');
  const embeds = graph.input('inputs_embeds', 'float', ['batch_size', 'sequence_length', text.hiddenSize]);
  const positions = graph.input('position_ids', 'int64', ['batch_size', 'sequence_length']);
  const kept = graph.input('num_logits_to_keep', 'int64', []);
  const layers = Array.from({ length: text.layers }, (_, layer) => layer);
  const norms = [...layers.flatMap((layer) => decoderNormNames('gemma', layer)), FINAL_NORM];
  const norm = await rmsNorms(weights, norms, text.rmsNormEpsilon);
  const linear = storedLinear(weights, 0);
  const context = { graph, text, linear, norm, rotate: rotation(graph, text, positions) };

  const rows = graph.node('Reshape', [embeds, graph.integers([-1, text.hiddenSize])]);
  let x = graph.node('Mul', [rows, graph.scalar(Math.sqrt(text.hiddenSize))]);
  for (const layer of layers) x = block(context, x, layer);

  const zero = graph.integers([0]);
  const start = graph.node('Unsqueeze', [graph.node('Neg', [kept]), zero]);
  const end = graph.integers([Number.MAX_SAFE_INTEGER]);
  const last = graph.node('Slice', [norm(graph, x, FINAL_NORM), start, end, zero]);
  graph.node('Unsqueeze', [linear(graph, last, 'lm_head'), zero], { output: 'logits' });
  graph.namedOutput('logits', ['batch_size', 'num_logits', text.vocabSize]);
  return graph.build();
}

function block(context: Context, x: string, layer: number): string {
  const { graph, linear, norm } = context;
  const name = `language_model.layers.${layer}`;
  const normed = norm(graph, x, `${name}.input_layernorm.weight`);
  const attended = graph.node('Add', [x, attention(context, normed, layer)]);
  const h = norm(graph, attended, `${name}.post_attention_layernorm.weight`);
  const gate = graph.node('FastGelu', [linear(graph, h, `${name}.mlp.gate_proj`)], { domain: MICROSOFT });
  const gated = graph.node('Mul', [gate, linear(graph, h, `${name}.mlp.up_proj`)]);
  return graph.node('Add', [attended, linear(graph, gated, `${name}.mlp.down_proj`)]);
}

/** The heads of a query are rows of their own, `[1, S * heads, D]`: they share the one key/value head. */
function attention({ graph, text, linear, rotate }: Context, x: string, layer: number): string {
  const { heads, headDim } = text;
  const name = `language_model.layers.${layer}.self_attn`;
  const folded = graph.integers([1, -1, headDim]);
  const query = rotate(linear(graph, x, `${name}.q_proj`), heads);
  const fresh = {
    key: rotate(linear(graph, x, `${name}.k_proj`), 1),
    value: linear(graph, x, `${name}.v_proj`),
  };
  const all = (['key', 'value'] as const).map((kind) => {
    const past = graph.input(`past_key_values.${layer}.${kind}`, 'float', ['batch_size', 1, 'past', headDim]);
    const rows = graph.node('Reshape', [fresh[kind], graph.integers([1, 1, -1, headDim])]);
    const output = `present.${layer}.${kind}`;
    graph.node('Concat', [past, rows], { attributes: { axis: { int: 2 } }, output });
    graph.namedOutput(output, ['batch_size', 1, 'total', headDim]);
    return graph.node('Reshape', [output, folded]);
  });
  const mixed = graph.node('MultiHeadAttention', [graph.node('Reshape', [query, folded]), ...all], {
    domain: MICROSOFT,
    attributes: { num_heads: { int: 1 }, scale: text.queryScale },
  });
  const flat = graph.node('Reshape', [mixed, graph.integers([-1, heads * headDim])]);
  return linear(graph, flat, `${name}.o_proj`);
}

/** Rotary embedding by `position_ids`, which begin with 1. */
function rotation(graph: GraphBuilder, text: TextConfig, positions: string): Context['rotate'] {
  const rows = text.maxPositions + 1;
  const { cosines, sines } = new RotaryTable(text.headDim, text.ropeTheta).rows(0, rows);
  const shape = [rows, text.headDim / 2];
  const tables = [graph.floats('cosines', shape, cosines), graph.floats('sines', shape, sines)];
  const first = graph.integers([0]);
  return (x, heads) =>
    graph.node('RotaryEmbedding', [graph.node('Unsqueeze', [x, first]), positions, ...tables], {
      domain: MICROSOFT,
      attributes: { num_heads: { int: heads } },
    });
}

import type { TextConfig } from '../checkpoint/config.js';
import { decoderAttention, keysAndValues } from './decoder-attention.js';
import type { CachedRows, DecoderContext } from './decoder-context.js';
import { MICROSOFT, type GraphBuilder } from './graph-builder.js';
import { inChunks } from './row-chunks.js';

export interface DecoderBlock {
  /** `[S, E]`, or `[B, E]` when only each sequence's last row was asked for. */
  readonly x: string;
  readonly newKeys: string;
  readonly newValues: string;
}

/**
 * One layer, `[S, E]` both ways.
 *
 *     Gemma:   x += Attn(N(x));      x += MLP(N(x))
 *     Gemma 2: x += N(Attn(N(x)));   x += N(MLP(N(x)))
 *
 * Beware: `post_attention_layernorm` is the norm before the MLP in Gemma, the one after attention in Gemma 2.
 *
 * @param pasts - one for each place of a sequence
 * @param onlyLastRows - for the last layer: every row's key and value is needed, but only the last rows' answers
 */
export function decoderBlock(
  context: DecoderContext,
  x: string,
  layer: number,
  pasts: readonly CachedRows[],
  onlyLastRows: boolean,
): DecoderBlock {
  const { graph, norm, chunkRows, lastRows } = context;
  const { positions } = context.rotary;
  const name = layerName(layer);
  const normed = norm(graph, x, `${name}.input_layernorm.weight`);
  const fresh = keysAndValues(context, normed, `${name}.self_attn`);

  // With the keys and values known, rows do not need each other any more.
  const answer = (branch: GraphBuilder, rows: string, places: string) =>
    answerRows(
      { ...context, graph: branch, rotary: { ...context.rotary, positions: places } },
      rows,
      layer,
      pasts,
      fresh,
    );
  const answerAll = (): string => {
    if (onlyLastRows) {
      const places = graph.node('Gather', [positions, lastRows], { attributes: { axis: { int: 1 } } });
      return answer(graph, graph.node('Gather', [x, lastRows]), places);
    }
    return chunkRows === null ? answer(graph, x, positions) : inChunks(graph, chunkRows, x, answer);
  };
  return { x: answerAll(), newKeys: fresh.keys, newValues: fresh.values };
}

/** Rows `[Q, E]` through the rest of the layer: `[Q, E]`. */
function answerRows(
  context: DecoderContext,
  x: string,
  layer: number,
  pasts: readonly CachedRows[],
  fresh: CachedRows,
): string {
  const { graph, linear, norm } = context;
  const name = layerName(layer);
  const isGemma2 = context.config.family === 'gemma2';
  const after = (value: string, which: string) =>
    isGemma2 ? norm(graph, value, `${name}.${which}.weight`) : value;
  const beforeMlp = isGemma2 ? 'pre_feedforward_layernorm' : 'post_attention_layernorm';

  const normed = norm(graph, x, `${name}.input_layernorm.weight`); // once more: it costs less than keeping it
  const mixed = decoderAttention(context, normed, `${name}.self_attn`, pasts, fresh);
  const attended = graph.node('Add', [x, after(mixed, 'post_attention_layernorm')]);

  const h = norm(graph, attended, `${name}.${beforeMlp}.weight`);
  const gate = graph.node('FastGelu', [linear(graph, h, `${name}.mlp.gate_proj`)], { domain: MICROSOFT });
  const gated = graph.node('Mul', [gate, linear(graph, h, `${name}.mlp.up_proj`)]);
  const mlp = after(linear(graph, gated, `${name}.mlp.down_proj`), 'post_feedforward_layernorm');
  return graph.node('Add', [attended, mlp]);
}

function layerName(layer: number): string {
  return `language_model.layers.${layer}`;
}

/** The norms of one layer, by their weights' names. */
export function decoderNormNames(family: TextConfig['family'], layer: number): string[] {
  const common = ['input_layernorm', 'post_attention_layernorm'];
  const gemma2 = family === 'gemma2' ? ['pre_feedforward_layernorm', 'post_feedforward_layernorm'] : [];
  return [...common, ...gemma2].map((norm) => `${layerName(layer)}.${norm}.weight`);
}

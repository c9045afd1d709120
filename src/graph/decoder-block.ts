import type { TextConfig } from '../checkpoint/config.js';
import { decoderAttention } from './decoder-attention.js';
import type { CachedRows, DecoderContext } from './decoder-context.js';
import { MICROSOFT } from './graph-builder.js';

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
  const { graph, linear, norm } = context;
  const name = `language_model.layers.${layer}`;
  const isGemma2 = context.config.family === 'gemma2';
  const after = (value: string, which: string) =>
    isGemma2 ? norm(graph, value, `${name}.${which}.weight`) : value;
  const beforeMlp = isGemma2 ? 'pre_feedforward_layernorm' : 'post_attention_layernorm';

  const normed = norm(graph, x, `${name}.input_layernorm.weight`);
  const attention = decoderAttention(context, normed, `${name}.self_attn`, pasts, onlyLastRows);
  const kept = onlyLastRows ? graph.node('Gather', [x, context.lastRows]) : x;
  const attended = graph.node('Add', [kept, after(attention.x, 'post_attention_layernorm')]);

  const h = norm(graph, attended, `${name}.${beforeMlp}.weight`);
  const gate = graph.node('FastGelu', [linear(graph, h, `${name}.mlp.gate_proj`)], { domain: MICROSOFT });
  const gated = graph.node('Mul', [gate, linear(graph, h, `${name}.mlp.up_proj`)]);
  const mlp = after(linear(graph, gated, `${name}.mlp.down_proj`), 'post_feedforward_layernorm');
  const { newKeys, newValues } = attention;
  return { x: graph.node('Add', [attended, mlp]), newKeys, newValues };
}

/** The norms of one layer, by their weights' names. */
export function decoderNormNames(family: TextConfig['family'], layer: number): string[] {
  const common = ['input_layernorm', 'post_attention_layernorm'];
  const gemma2 = family === 'gemma2' ? ['pre_feedforward_layernorm', 'post_feedforward_layernorm'] : [];
  return [...common, ...gemma2].map((norm) => `language_model.layers.${layer}.${norm}.weight`);
}

import type { TextConfig } from '../../../src/checkpoint/config.js';

type Rows = number[][];

/**
 * Gemma and Gemma 2 written down as plainly as possible, in float64, one shot, with the prefix-LM mask spelt out:
 * `allow(i, j) = j < prefix || j <= i`. No cache, no folding, no fused operator: nothing in common with the graph.
 *
 * @param embeddings `[S, E]`, scaled
 * @param weight - the numbers of a tensor by its canonical name
 * @returns the last row's logits for the first `vocabulary` ids
 */
export function naiveDecoder(
  config: TextConfig,
  embeddings: Rows,
  prefix: number,
  weight: (name: string) => Float32Array,
  vocabulary: number,
): number[] {
  let x = embeddings;
  for (let layer = 0; layer < config.layers; layer++) {
    const name = (part: string) => weight(`language_model.layers.${layer}.${part}.weight`);
    const norm = (rows: Rows, part: string) =>
      rows.map((row) => rmsNorm(row, name(part), config.rmsNormEpsilon));
    const isGemma2 = config.family === 'gemma2';

    let attended = attention(config, norm(x, 'input_layernorm'), prefix, (part) => name(`self_attn.${part}`));
    if (isGemma2) attended = norm(attended, 'post_attention_layernorm');
    x = add(x, attended);

    const h = norm(x, isGemma2 ? 'pre_feedforward_layernorm' : 'post_attention_layernorm');
    const gate = h.map((row) => multiply(name('mlp.gate_proj'), row));
    const up = h.map((row) => multiply(name('mlp.up_proj'), row));
    const gated = gate.map((row, i) => row.map((value, j) => geluTanh(value) * (up[i]?.[j] ?? NaN)));
    let mlp = gated.map((row) => multiply(name('mlp.down_proj'), row));
    if (isGemma2) mlp = norm(mlp, 'post_feedforward_layernorm');
    x = add(x, mlp);
  }
  const last = rmsNorm(x[x.length - 1] ?? [], weight('language_model.norm.weight'), config.rmsNormEpsilon);
  return multiply(weight('language_model.embed_tokens.weight'), last).slice(0, vocabulary);
}

function attention(
  config: TextConfig,
  x: Rows,
  prefix: number,
  weight: (part: string) => Float32Array,
): Rows {
  const { heads, keyValueHeads, headDim } = config;
  const head = (row: number[], n: number) => row.slice(n * headDim, (n + 1) * headDim);
  const queries = x.map((row) => multiply(weight('q_proj'), row));
  const keys = x.map((row) => multiply(weight('k_proj'), row));
  const values = x.map((row) => multiply(weight('v_proj'), row));
  const mixed = x.map((_, i) =>
    Array.from({ length: heads }, (_, n) => {
      const kv = Math.floor(n / (heads / keyValueHeads));
      const query = rotate(head(queries[i] ?? [], n), i, config.ropeTheta);
      const scores = keys.map((row, j) => {
        const allowed = j < prefix || (i >= prefix && j <= i);
        if (!allowed) return -Infinity;
        const score = dot(query, rotate(head(row, kv), j, config.ropeTheta)) * config.queryScale;
        const cap = config.attentionSoftcap;
        return cap === null ? score : cap * Math.tanh(score / cap);
      });
      const max = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - max));
      const total = weights.reduce((sum, w) => sum + w, 0);
      return Array.from({ length: headDim }, (_, d) =>
        weights.reduce((sum, w, j) => sum + (w / total) * (values[j]?.[kv * headDim + d] ?? NaN), 0),
      );
    }).flat(),
  );
  return mixed.map((row) => multiply(weight('o_proj'), row));
}

export function rotate(x: number[], position: number, theta: number): number[] {
  const half = x.length / 2;
  return x.map((value, i) => {
    const angle = position * theta ** ((-2 * (i % half)) / x.length);
    const other = i < half ? -(x[i + half] ?? NaN) : (x[i - half] ?? NaN);
    return value * Math.cos(angle) + other * Math.sin(angle);
  });
}

export function rmsNorm(x: readonly number[], weight: ArrayLike<number>, epsilon: number): number[] {
  const scale = 1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + epsilon);
  return x.map((value, i) => value * scale * (1 + (weight[i] ?? NaN)));
}

export function geluTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** `weight` is `[out, in]`. */
function multiply(weight: Float32Array, x: readonly number[]): number[] {
  return Array.from({ length: weight.length / x.length }, (_, row) =>
    x.reduce((sum, value, i) => sum + value * (weight[row * x.length + i] ?? NaN), 0),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}

function add(a: Rows, b: Rows): Rows {
  return a.map((row, i) => row.map((value, j) => value + (b[i]?.[j] ?? NaN)));
}

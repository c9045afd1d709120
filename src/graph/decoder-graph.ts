import type { PaliGemmaConfig } from '../checkpoint/config.js';
import { decoderBlock, decoderNormNames } from './decoder-block.js';
import type { DecoderContext } from './decoder-context.js';
import { GraphBuilder } from './graph-builder.js';
import { floatLinear } from './linear.js';
import { rmsNorms } from './rms-norm.js';
import type { Weights } from './weights.js';

/** An encoded graph and the names of what goes in and comes out. */
export interface DecoderGraph {
  readonly model: Uint8Array;
  readonly ports: {
    /** float32 `[I, E]`: rows that come before the ids; I may be 0. */
    readonly imageTokens: string;
    /** int64 `[T]`; T may not be 0. */
    readonly tokenIds: string;
    /** int64 `[1, S]`, S = I + T: the row of the rotary tables that belongs to each new row. */
    readonly positions: string;
    /** float32 `[rows, D / 2]`. */
    readonly cosines: string;
    readonly sines: string;
    /** float32 `[P, K, D]` for each layer: P rows before, K key/value heads, D the head's size; P may be 0. */
    readonly pastKeys: readonly string[];
    readonly pastValues: readonly string[];
    /** float32 `[S, K, D]` for each layer. */
    readonly newKeys: readonly string[];
    readonly newValues: readonly string[];
    /** float32 `[V]`: of the last row, for the ids below the image token only. */
    readonly logits: string;
  };
}

/**
 * A Gemma or Gemma 2 decoder for one sequence, prefill and decode in one: every new row sees every row before it
 * and all new rows. So a prefix goes in whole (it is bidirectional) and an answer one id at a time.
 *
 * There is no final softcap and no sliding window: paligemma.md section 3.3.
 */
export async function decoderGraph(config: PaliGemmaConfig, weights: Weights): Promise<DecoderGraph> {
  const graph = new GraphBuilder('decoder');
  const { text } = config;
  const half = text.headDim / 2;
  const layers = Array.from({ length: text.layers }, (_, layer) => layer);

  const imageTokens = graph.input('image_tokens', 'float', ['I', text.hiddenSize]);
  const tokenIds = graph.input('token_ids', 'int64', ['T']);
  const positions = graph.input('positions', 'int64', [1, 'S']);
  const cosines = graph.input('cosines', 'float', ['R', half]);
  const sines = graph.input('sines', 'float', ['R', half]);
  const past = (name: string) => (layer: number) =>
    graph.input(`past_${name}_${layer}`, 'float', ['P', text.keyValueHeads, text.headDim]);
  const pastKeys = layers.map(past('key'));
  const pastValues = layers.map(past('value'));

  const finalNorm = 'language_model.norm.weight';
  const names = [...layers.flatMap((layer) => decoderNormNames(text.family, layer)), finalNorm];
  const norm = await rmsNorms(weights, names, text.rmsNormEpsilon);
  let x = embeddings(graph, config, weights, imageTokens, tokenIds); // [S, E]

  const pastRows = graph.node('Shape', [pastKeys[0] ?? ''], {
    attributes: { start: { int: 0 }, end: { int: 1 } },
  });
  const newRows = graph.node('Shape', [x], { attributes: { start: { int: 0 }, end: { int: 1 } } });
  const context: DecoderContext = {
    graph,
    config: text,
    linear: floatLinear(weights),
    norm,
    rotary: { positions, cosines, sines },
    hasNoPast: graph.node('Equal', [pastRows, graph.integers([0])]),
    pastAndNewRows: graph.node('Concat', [pastRows, newRows], { attributes: { axis: { int: 0 } } }),
  };
  for (const layer of layers) {
    const cached = { keys: pastKeys[layer] ?? '', values: pastValues[layer] ?? '' };
    const block = decoderBlock(context, x, layer, cached, layer === text.layers - 1);
    const shape = ['S', text.keyValueHeads, text.headDim];
    graph.output(`new_key_${layer}`, block.newKeys, shape);
    graph.output(`new_value_${layer}`, block.newValues, shape);
    x = block.x;
  }
  graph.output('logits', logits(graph, config, weights, norm(graph, x, finalNorm)), [config.imageTokenId]);

  const named = (name: string) => layers.map((layer) => `${name}_${layer}`);
  const news = { newKeys: named('new_key'), newValues: named('new_value') };
  const ports = {
    imageTokens,
    tokenIds,
    positions,
    cosines,
    sines,
    pastKeys,
    pastValues,
    ...news,
    logits: 'logits',
  };
  return { model: graph.build(), ports };
}

/** Image rows as they are, then the ids' rows times sqrt(E): `[S, E]`. The table stays in its file. */
function embeddings(
  graph: GraphBuilder,
  config: PaliGemmaConfig,
  weights: Weights,
  imageTokens: string,
  tokenIds: string,
): string {
  const name = 'language_model.embed_tokens.weight';
  const rows = graph.node('Gather', [graph.weight(name, weights.locate(name)), tokenIds]);
  const scaled = graph.node('Mul', [rows, graph.scalar(Math.sqrt(config.text.hiddenSize))]);
  return graph.node('Concat', [imageTokens, scaled], { attributes: { axis: { int: 0 } } });
}

/**
 * The head, on the last row `[1, E]`: `[V]`. The table is cut before the image token, so that neither it nor
 * the padding ids behind it can ever be generated.
 *
 * Written as table times column, not row times table: the runtime makes a packed copy of a constant on the right
 * (gigabytes, here), but uses one on the left where it lies.
 */
function logits(graph: GraphBuilder, config: PaliGemmaConfig, weights: Weights, x: string): string {
  const tied = 'language_model.embed_tokens.weight';
  const location = weights.locate(weights.has('lm_head.weight') ? 'lm_head.weight' : tied);
  const table = graph.weight('head', { ...location, shape: [config.imageTokenId, config.text.hiddenSize] });
  const column = graph.node('Reshape', [x, graph.integers([config.text.hiddenSize, 1])]);
  const product = graph.node('MatMul', [table, column]);
  return graph.node('Reshape', [product, graph.integers([config.imageTokenId])]);
}

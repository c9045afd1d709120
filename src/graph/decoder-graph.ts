import type { PaliGemmaConfig } from '../checkpoint/config.js';
import { decoderBlock, decoderNormNames } from './decoder-block.js';
import type { CachedRows, DecoderContext, SequencePlace } from './decoder-context.js';
import { decoderPorts, MAX_SEQUENCES, type DecoderPorts } from './decoder-ports.js';
import { GraphBuilder, MICROSOFT } from './graph-builder.js';
import { storedLinear, type Linear } from './linear.js';
import { rmsNorms } from './rms-norm.js';
import { BLOCK, EMBEDDINGS, HEAD } from './stored-format.js';
import { rowsAtOnce } from './row-chunks.js';
import type { Weights } from './weights.js';

/** An encoded graph and the names of what goes in and comes out. */
export interface DecoderGraph {
  readonly model: Uint8Array;
  readonly ports: DecoderPorts;
}

/**
 * A Gemma or Gemma 2 decoder, prefill and decode in one. With one sequence every new row sees every row before it
 * and all new rows, so that a prefix goes in whole (it is bidirectional) and an answer one id at a time. Up to
 * `MAX_SEQUENCES` answers can go on by one id each at once: their layers are then computed together.
 *
 * There is no final softcap and no sliding window: paligemma.md section 3.3.
 *
 * @param mostRows - that a layer computes at once, `MAX_SEQUENCES` or more, or null for all of a prefix
 */
export async function decoderGraph(
  config: PaliGemmaConfig,
  weights: Weights,
  mostRows = rowsAtOnce(config.text),
): Promise<DecoderGraph> {
  const graph = new GraphBuilder('decoder');
  const { text } = config;
  const half = text.headDim / 2;
  const ports = decoderPorts(text.layers, mostRows);

  graph.input(ports.imageTokens, 'float', ['I', text.hiddenSize]);
  graph.input(ports.tokenIds, 'int64', ['T']);
  const positions = graph.input(ports.positions, 'int64', [1, 'S']);
  const cosines = graph.input(ports.cosines, 'float', ['R', half]);
  const sines = graph.input(ports.sines, 'float', ['R', half]);
  const lastRows = graph.input(ports.lastRows, 'int64', ['B']);
  const chunkRows = ports.chunks === null ? null : graph.input(ports.chunks.rows, 'int64', ['n', 'c']);
  const pasts = pastInputs(graph, ports, [text.keyValueHeads, text.headDim]);

  const layers = Array.from({ length: text.layers }, (_, layer) => layer);
  const finalNorm = 'language_model.norm.weight';
  const names = [...layers.flatMap((layer) => decoderNormNames(text.family, layer)), finalNorm];
  const norm = await rmsNorms(weights, names, text.rmsNormEpsilon);
  const linear = storedLinear(weights);
  let x = embeddings(graph, config, weights, ports); // [S, E]

  const context: DecoderContext = {
    graph,
    config: text,
    linear,
    norm,
    rotary: { positions, cosines, sines },
    lastRows,
    chunkRows,
    ...sequencePlaces(graph, x, pasts[0] ?? []),
  };
  for (const layer of layers) {
    const block = decoderBlock(context, x, layer, pasts[layer] ?? [], layer === text.layers - 1);
    const shape = ['S', text.keyValueHeads, text.headDim];
    graph.output(ports.newKeys[layer] ?? '', block.newKeys, shape);
    graph.output(ports.newValues[layer] ?? '', block.newValues, shape);
    x = block.x;
  }
  const opinions = logits(graph, config, weights, linear, norm(graph, x, finalNorm));
  graph.output(ports.logits, opinions, ['B', config.imageTokenId]);
  return { model: graph.build(), ports };
}

/** For each layer the cached rows of every place. */
function pastInputs(
  graph: GraphBuilder,
  { pastKeys, pastValues }: DecoderPorts,
  headShape: readonly number[],
): CachedRows[][] {
  const layers = pastKeys[0] ?? [];
  return layers.map((_, layer) =>
    pastKeys.map((ofPlace, place) => {
      const shape = [`P${place}`, ...headShape];
      return {
        keys: graph.input(ofPlace[layer] ?? '', 'float', shape),
        values: graph.input(pastValues[place]?.[layer] ?? '', 'float', shape),
      };
    }),
  );
}

/** Which places are in use, told by what is cached there. */
function sequencePlaces(
  graph: GraphBuilder,
  x: string,
  pasts: readonly CachedRows[],
): Pick<DecoderContext, 'alone' | 'isBatch' | 'places'> {
  const rowsOf = (value: string) =>
    graph.node('Shape', [value], { attributes: { start: { int: 0 }, end: { int: 1 } } });
  const both = (past: string, fresh: string) =>
    graph.node('Concat', [past, fresh], { attributes: { axis: { int: 0 } } });
  const places = pasts.map(({ keys }): SequencePlace & { rows: string } => {
    const rows = rowsOf(keys);
    const hasPast = graph.node('Greater', [rows, graph.integers([0])]);
    return { rows, hasPast, pastAndNewRows: both(rows, graph.integers([1])) };
  });
  const [first, second] = places;
  return {
    alone: { hasPast: first?.hasPast ?? '', pastAndNewRows: both(first?.rows ?? '', rowsOf(x)) },
    isBatch: second?.hasPast ?? '',
    places: places.slice(0, MAX_SEQUENCES),
  };
}

/** Image rows as they are, then the ids' rows times sqrt(E): `[S, E]`. The table stays in its file. */
function embeddings(
  graph: GraphBuilder,
  config: PaliGemmaConfig,
  weights: Weights,
  { imageTokens, tokenIds }: DecoderPorts,
): string {
  const rows = lookUp(graph, weights, tokenIds);
  const scaled = graph.node('Mul', [rows, graph.scalar(Math.sqrt(config.text.hiddenSize))]);
  return graph.node('Concat', [imageTokens, scaled], { attributes: { axis: { int: 0 } } });
}

function lookUp(graph: GraphBuilder, weights: Weights, tokenIds: string): string {
  if (weights.format(EMBEDDINGS) === 'float') {
    return graph.node('Gather', [graph.weight(EMBEDDINGS, weights.locate(EMBEDDINGS)), tokenIds]);
  }
  const [numbers, scales] = weights.locateParts(EMBEDDINGS);
  const inputs = [graph.weight(EMBEDDINGS, numbers), tokenIds, graph.weight(`${EMBEDDINGS}.scales`, scales)];
  return graph.node('GatherBlockQuantized', inputs, {
    domain: MICROSOFT,
    attributes: {
      bits: { int: 8 },
      block_size: { int: BLOCK.table8 },
      gather_axis: { int: 0 },
      quantize_axis: { int: 1 },
    },
  });
}

/**
 * The head, on the last rows `[B, E]`: `[B, V]`. The table is cut before the image token, so that neither it nor
 * the padding ids behind it can ever be generated.
 *
 * In float32 it is written as table times columns, not rows times table: the runtime makes a packed copy of a
 * constant on the right (gigabytes, here), but uses one on the left where it lies.
 */
function logits(
  graph: GraphBuilder,
  config: PaliGemmaConfig,
  weights: Weights,
  linear: Linear,
  x: string,
): string {
  const name = weights.has(HEAD) ? HEAD : EMBEDDINGS;
  if (weights.format(name) !== 'float') return linear(graph, x, HEAD.replace('.weight', ''));
  const shape = [config.imageTokenId, config.text.hiddenSize];
  const table = graph.weight('head', { ...weights.locate(name), shape });
  const turned = { attributes: { perm: { ints: [1, 0] } } };
  const product = graph.node('MatMul', [table, graph.node('Transpose', [x], turned)]); // [V, B]
  return graph.node('Transpose', [product], turned);
}

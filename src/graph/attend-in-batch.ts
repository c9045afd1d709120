import { attendToAll } from './attend-to-all.js';
import type { CachedRows, DecoderContext } from './decoder-context.js';
import type { GraphBuilder } from './graph-builder.js';

/**
 * One new row of each of B sequences, each over its own past: `[B, heads * D]`.
 *
 * The dense layers see all rows at once; only attention goes sequence by sequence, so that each past is used where
 * it lies. Places without a sequence cost nothing: they are left out by a branch.
 *
 * @param query - `[1, B, heads * D]`
 * @param pasts - one for each place
 * @param fresh - `[B, K, D]` each
 */
export function attendInBatch(
  graph: GraphBuilder,
  { config, places }: DecoderContext,
  query: string,
  pasts: readonly CachedRows[],
  fresh: CachedRows,
): string {
  const { heads, keyValueHeads, headDim } = config;
  const folded = graph.integers([keyValueHeads, heads / keyValueHeads, headDim]);
  const flat = graph.integers([1, heads * headDim]);

  const attendOne = (branch: GraphBuilder, place: number): string => {
    const index = branch.integers([place]);
    const row = branch.node('Gather', [query, index], { attributes: { axis: { int: 1 } } });
    const own = {
      keys: branch.node('Gather', [fresh.keys, index]),
      values: branch.node('Gather', [fresh.values, index]),
    };
    const past = pasts[place] ?? own;
    const split = places[place]?.pastAndNewRows ?? '';
    const mixed = attendToAll(branch, config, branch.node('Reshape', [row, folded]), past, own, split);
    return branch.node('Reshape', [mixed, flat]);
  };
  // Not a constant: one inside a branch does not survive saving the model.
  const nothing = (branch: GraphBuilder): string => {
    const [first, rows] = [branch.integers([0]), branch.integers([1])];
    return branch.node('Squeeze', [branch.node('Slice', [query, first, first, rows]), first]);
  };

  const rows = places.map(({ hasPast }, place) =>
    place < 2 // a batch has two at least
      ? attendOne(graph, place)
      : graph.choose(hasPast, (branch) => attendOne(branch, place), nothing),
  );
  return graph.node('Concat', rows, { attributes: { axis: { int: 0 } } });
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GraphBuilder } from '../../../src/graph/graph-builder.js';
import { storedLinear } from '../../../src/graph/linear.js';
import { quantizeBlocks } from '../../../src/graph/quantize-blocks.js';
import { quantizeChannels } from '../../../src/graph/quantize-channels.js';
import { BLOCK, type StoredFormat } from '../../../src/graph/stored-format.js';
import { storedParts } from '../../../src/graph/stored-parts.js';
import type { Weights } from '../../../src/graph/weights.js';
import { randomStream } from '../../../src/language/random.js';
import { Session } from '../../../src/runtime/session.js';

const [ROWS, IN, OUT] = [5, 192, 64];
type Format = Exclude<StoredFormat, 'float' | 'table8'>;

const random = randomStream(7);
const numbers = (count: number) => Float32Array.from({ length: count }, () => random() + random() - 1);
const WEIGHT = numbers(OUT * IN);
const BIAS = numbers(OUT);
/** Rows of very different size. */
const X = numbers(ROWS * IN).map((x, i) => x * 10 ** Math.floor(i / IN));

async function layer(format: Format): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'linear-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const parts = storedParts(format, [OUT, IN]);
  const [main, scale] = parts.map(({ byteLength }) => new Uint8Array(byteLength));
  const scales = new Float32Array(scale?.buffer ?? new ArrayBuffer(0));
  if (main === undefined) throw new Error('no part');
  if (format === 'channels8') quantizeChannels(WEIGHT, IN, 0, new Int8Array(main.buffer), scales);
  else {
    const form = { bits: format === 'blocks4' ? 4 : 8, block: BLOCK[format], padded: true } as const;
    quantizeBlocks(WEIGHT, IN, form, main, scales);
  }
  const bias = new Uint8Array(BIAS.buffer);
  await writeFile(join(folder, 'w'), Buffer.concat([main, new Uint8Array(scales.buffer), bias]));
  const at = (part: number, byteOffset: number) => ({ path: 'w', byteOffset, shape: [], ...parts[part] });
  const weights: Weights = {
    parameters: 0,
    has: (name) => name.startsWith('layer.'),
    format: () => format,
    columns: () => IN,
    locate: () => ({ path: 'w', byteOffset: main.length + scales.byteLength, shape: [OUT] }),
    locateParts: () => [at(0, 0), at(1, main.length)],
    read: () => Promise.reject(new Error('not here')),
  };
  const graph = new GraphBuilder('linear');
  graph.output('y', storedLinear(weights)(graph, graph.input('x', 'float', ['M', IN]), 'layer'), ['M', OUT]);
  const session = await Session.open({
    name: 'the layer',
    model: graph.build(),
    weightsFolder: folder,
    threads: 1,
  });
  onTestFinished(() => session.dispose());
  return session;
}

async function run(session: Session, x: Float32Array): Promise<Float32Array> {
  const { y } = await session.run({ x: { data: x, dims: [x.length / IN, IN] } }, { y: null });
  return y?.data as Float32Array;
}

function exact(row: number): Float32Array {
  return Float32Array.from({ length: OUT }, (_, out) =>
    X.subarray(row * IN, (row + 1) * IN).reduce(
      (sum, x, i) => sum + x * (WEIGHT[out * IN + i] ?? 0),
      BIAS[out] ?? 0,
    ),
  );
}

describe.each([
  ['channels8', 0.012],
  ['blocks8', 0.012],
  ['blocks4', 0.12],
] as const)('a linear layer in %s', (format, bound) => {
  it('is close to the layer in float32, row by row', async () => {
    const found = await run(await layer(format), X);
    for (let row = 0; row < ROWS; row++) {
      const wanted = exact(row);
      const error = wanted.reduce((sum, y, i) => sum + (y - (found[row * OUT + i] ?? NaN)) ** 2, 0);
      const size = wanted.reduce((sum, y) => sum + y ** 2, 0);
      expect(Math.sqrt(error / size), `row ${row}`).toBeLessThan(bound);
    }
  });

  it('gives a row the same answer whatever rows it is computed with', async () => {
    const session = await layer(format);
    const together = await run(session, X);
    for (let row = 0; row < ROWS; row++) {
      const alone = await run(session, X.subarray(row * IN, (row + 1) * IN));
      const scale = Math.max(...alone.map(Math.abs));
      alone.forEach((y, i) => {
        expect(Math.abs(y - (together[row * OUT + i] ?? NaN))).toBeLessThan(1e-5 * scale);
      });
    }
  });

  it('gives zeros (and the bias) for a row of zeros', async () => {
    const found = await run(await layer(format), new Float32Array(IN));
    BIAS.forEach((bias, i) => {
      expect(found[i]).toBeCloseTo(bias, 5);
    });
  });
});

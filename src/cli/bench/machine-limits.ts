import { GraphBuilder } from '../../graph/graph-builder.js';
import { Session } from '../../runtime/session.js';
import { fastest, type Clock } from './measure.js';

/** What the machine can do at most, measured in the same run as the model. */
export interface MachineLimits {
  /** A float32 matrix product of 1024 x 2048 x 2048. */
  readonly gigaflops: number;
  /** Reading memory from end to end, with all threads. */
  readonly gigabytesPerSecond: number;
}

const [M, K, N] = [1024, 2048, 2048];

/** Far more than the processor's caches hold. */
const READ_FLOATS = 64 << 20;

/** @param clock - whose time counts; the processor's is of all threads together, and is shared out among them */
export async function machineLimits(threads: number, runs: number, clock: Clock): Promise<MachineLimits> {
  const product = new GraphBuilder('product');
  const [a, b] = [product.input('a', 'float', [M, K]), product.input('b', 'float', [K, N])];
  product.output('y', product.node('MatMul', [a, b]), [M, N]);
  const numbers = (count: number) => new Float32Array(count).fill(0.5);
  const productMs = await milliseconds(
    product,
    { threads, runs, clock },
    {
      a: { data: numbers(M * K), dims: [M, K] },
      b: { data: numbers(K * N), dims: [K, N] },
    },
  );

  const reading = new GraphBuilder('reading');
  const rows = 64;
  const x = reading.input('x', 'float', [rows, READ_FLOATS / rows]);
  const attributes = { axes: { ints: [1] }, keepdims: { int: 0 } };
  reading.output('y', reading.node('ReduceMax', [x], { attributes }), [rows]);
  const readMs = await milliseconds(
    reading,
    { threads, runs, clock },
    {
      x: { data: numbers(READ_FLOATS), dims: [rows, READ_FLOATS / rows] },
    },
  );
  return {
    gigaflops: (2 * M * K * N) / productMs / 1e6,
    gigabytesPerSecond: (4 * READ_FLOATS) / readMs / 1e6,
  };
}

async function milliseconds(
  graph: GraphBuilder,
  { threads, runs, clock }: { readonly threads: number; readonly runs: number; readonly clock: Clock },
  feeds: Parameters<Session['run']>[0],
): Promise<number> {
  const model = graph.build();
  const session = await Session.open({ name: 'a limit', model, weightsFolder: process.cwd(), threads });
  try {
    const { wallMs, processorMs } = await fastest(runs, () => session.run(feeds, { y: null }));
    return clock === 'wall' ? wallMs : processorMs / threads;
  } finally {
    await session.dispose();
  }
}

import { GraphBuilder } from '../graph/graph-builder.js';
import type { ExecutionProvider } from '../runtime/execution-provider.js';
import { openOnProvider } from '../runtime/open-on-provider.js';

/**
 * The provider when it works on this machine, else the processor, with a warning that names what is missing. Tried
 * on the smallest of graphs, before a precision is chosen for it.
 */
export async function usableProvider(
  wanted: ExecutionProvider,
  onWarning: (message: string) => void,
): Promise<ExecutionProvider> {
  if (wanted === 'cpu') return wanted;
  const graph = new GraphBuilder('probe');
  graph.output('y', graph.node('Abs', [graph.input('x', 'float', [1])]), [1]);
  const options = { name: 'the model', model: graph.build(), weightsFolder: process.cwd(), threads: 1 };
  const { session, provider } = await openOnProvider(options, wanted, onWarning);
  await session.dispose();
  return provider;
}

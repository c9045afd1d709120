import type { CliContext } from './context.js';

/** Prints warnings as lines on stderr, each once, unless they are not wanted. */
export function warner(
  { stderr }: Pick<CliContext, 'stderr'>,
  { quiet }: { readonly quiet?: boolean },
): (warning: string | { readonly message: string }) => void {
  const told = new Set<string>();
  return (warning) => {
    const message = (typeof warning === 'string' ? warning : warning.message).replace(/\s*[\r\n]+\s*/g, ' ');
    if (quiet === true || told.has(message)) return;
    told.add(message);
    stderr.write(`palistream: warning: ${message}\n`);
  };
}

import type { BenchEngine, EngineSettings } from './bench-engine.js';

/** Only the engine that is asked for is loaded: the others may not be installed. */
export async function openBenchEngine(
  settings: EngineSettings,
  onWarning: (message: string) => void,
): Promise<BenchEngine> {
  switch (settings.kind) {
    case 'palistream':
      return (await import('./palistream.js')).openPalistream(settings, onWarning);
    case 'transformers.js':
      return (await import('./transformers.js')).openTransformers(settings);
    case 'llama.cpp':
      return (await import('./llama.js')).openLlama(settings);
  }
}

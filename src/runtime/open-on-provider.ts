import { EnvironmentError, messageOf } from '../shared/errors.js';
import { missingLibrary, type ExecutionProvider } from './execution-provider.js';
import { Session, type SessionOptions } from './session.js';

/**
 * Opens a session on a provider, or on the processor when the provider does not work here; the warning then names
 * what is missing.
 *
 * @returns the session and what it computes on
 * @throws what `Session.open` throws on the processor
 */
export async function openOnProvider(
  options: Omit<SessionOptions, 'executionProviders'>,
  provider: ExecutionProvider,
  onWarning: (message: string) => void,
): Promise<{ readonly session: Session; readonly provider: ExecutionProvider }> {
  if (provider !== 'cpu') {
    try {
      // What a provider has no kernel for, onnxruntime gives to the processor by itself.
      return { session: await Session.open({ ...options, executionProviders: [provider] }), provider };
    } catch (error) {
      if (error instanceof EnvironmentError && error.code === 'onnxruntime_unavailable') throw error;
      const cause = error instanceof Error ? messageOf(error.cause) : '';
      const missing = missingLibrary(provider, process, cause);
      onWarning(
        `the execution provider ${provider} cannot be used, ${options.name} runs on the processor: ${missing}`,
      );
    }
  }
  return { session: await Session.open(options), provider: 'cpu' };
}

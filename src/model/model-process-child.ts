/**
 * What runs in the model process: one engine, talked to by IPC, nothing printed.
 *
 * It ends when the parent says so or is gone. Ctrl-C, and what a terminal or a service manager sends, reaches the whole
 * process group: the parent decides what it means, and has this process end when all it wants to answer is answered.
 */
import type { EngineModule } from './engine-module.js';
import type { ToModelProcess } from './process-messages.js';
import { serveModel } from './serve-model.js';
import { startPulse } from './start-pulse.js';

startPulse();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

// Messages wait in order while the engine is being imported: the parent may speak before it is there.
const scripted = process.argv[2];
const server = import(scripted ?? './engine.js').then((module: EngineModule) =>
  serveModel(
    module,
    (message) => process.send?.(message),
    () => process.exit(0),
  ),
);
process.on('message', (message: ToModelProcess) => {
  void server.then((ready) => ready.receive(message));
});

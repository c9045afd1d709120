import { Command, Option } from 'commander';
import type { ModelState, ServedModel } from '../delivery/served-model.js';
import { expectLoopback } from '../delivery/loopback.js';
import type { ModelProcess } from '../model/model-process.js';
import { messageOf, PalistreamError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { defaultFrames } from './default-frames.js';
import { addModelOptions, engineSettings, type ModelOptions } from './model-options.js';
import { packageVersion } from './package-version.js';
import { wholeNumber } from './parse-number.js';
import { settingHelp } from './setting-help.js';
import { withModel } from './with-model.js';

interface ServeOptions extends ModelOptions {
  readonly host?: string;
  readonly port?: number;
}

const HELP = `
Examples:
  $ palistream serve
  $ palistream serve --port 9000 --model ./paligemma2-3b-mix-224

Videos, live streams and results over HTTP and WebSocket: see /openapi.json and docs/protocol.md. Ctrl-C ends it.

Settings, from the environment, else from the file that --config names (YAML or JSON); options go before both:
`;

const HELP_WIDTH = 110;

export function serveCommand(context: CliContext): Command {
  const command = new Command('serve')
    .description('answer over HTTP, on this machine only')
    .option('--host <address>', 'loopback address to listen on (default: PALISTREAM_HOST or 127.0.0.1)')
    .addOption(
      new Option(
        '--port <n>',
        'port to listen on, 0 for a free one (default: PALISTREAM_PORT or 8080)',
      ).argParser(wholeNumber(0, 65_535)),
    );
  return addModelOptions(command)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', () => `${HELP}${settingHelp(HELP_WIDTH)}`)
    .action((options: ServeOptions) => runServe(context, options));
}

/** Listens at once; the model is opened meanwhile, and `/health/ready` tells when. Ends with the signal. */
async function runServe(context: CliContext, options: ServeOptions): Promise<void> {
  const host = options.host ?? context.config.host;
  expectLoopback(host);
  await withModel(context, options, async (model) => {
    let failure: unknown = null;
    const opening = model.opened().catch((error: unknown) => {
      failure = error;
    });
    const modelState = (): ModelState => stateOf(model, failure);
    const onBug = (error: unknown): void => {
      context.stderr.write(`palistream: ${messageOf(error)}\n`);
    };
    // Nest and SQLite take a while to load: only here.
    const [{ startServer }, { openServices }] = await Promise.all([
      import('../main.js'),
      import('./serve-services.js'),
    ]);
    const services = await openServices({
      config: context.config,
      model,
      modelState,
      defaultFrames: defaultFrames(engineSettings(context, options).directory),
      version: packageVersion(),
      onBug,
    });
    try {
      const server = await startServer({ host, port: options.port ?? context.config.port, services });
      try {
        const line =
          options.json === true ? JSON.stringify({ url: server.url }) : `listening on ${server.url}`;
        context.stdout.write(`${line}\n`);
        await opening;
        if (failure !== null) await model.opened(); // throws it: a server that can never answer is of no use
        await untilAborted(context.signal);
      } finally {
        await server.close();
      }
    } finally {
      await services.close();
    }
  });
}

function stateOf(model: ModelProcess, failure: unknown): ModelState {
  if (failure !== null) {
    const code = failure instanceof PalistreamError ? failure.code : 'unexpected_error';
    return { state: 'failed', code, message: messageOf(failure) };
  }
  if (!model.hasOpened) return { state: 'loading' };
  const { name, family, precision, parameters, imageSize, tokensPerFrame } = model.info;
  const served: ServedModel = { name, family, precision, parameters, imageSize, tokensPerFrame };
  return { state: model.isReady ? 'ready' : 'restarting', model: served };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

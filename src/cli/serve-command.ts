import { Command, Option } from 'commander';
import type { ModelState, ServedModel } from '../delivery/served-model.js';
import { keyFileOf } from '../delivery/access/open-access.js';
import { expectGuarded } from '../delivery/loopback.js';
import type { ModelProcess } from '../model/model-process.js';
import { messageOf, PalistreamError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { defaultFrames } from './default-frames.js';
import { addModelOptions, engineSettings, type ModelOptions } from './model-options.js';
import { packageVersion } from './package-version.js';
import { wholeNumber } from './parse-number.js';
import { serveLog } from './serve-log.js';
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
  $ palistream keys create dashboard && palistream serve --host 0.0.0.0

Videos, live streams and results over HTTP and WebSocket: see /openapi.json and docs/protocol.md. Ctrl-C ends it.

Settings, from the environment, else from the file that --config names (YAML or JSON); options go before both:
`;

const HELP_WIDTH = 110;

export function serveCommand(context: CliContext): Command {
  const command = new Command('serve')
    .description('answer over HTTP; without API keys, on this machine only')
    .option(
      '--host <address>',
      'address to listen on; others than loopback need API keys (default: PALISTREAM_HOST or 127.0.0.1)',
    )
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

/** Shuts down in order within this after what was being answered has ended; then the end is forced. */
const FINISH_MS = 3000;

/**
 * Listens at once; the model is opened meanwhile, and `/health/ready` tells when. At the signal it listens no more, puts
 * jobs back into the queue, and lets what is being answered finish for a while.
 */
async function runServe(context: CliContext, options: ServeOptions): Promise<void> {
  const { config, signal } = context;
  const host = options.host ?? config.host;
  const { access, dataDirectory } = config;
  expectGuarded(host, access.keys.length > 0 || (await keyFileOf(dataDirectory).list()).length > 0);
  const log = serveLog(context, options.quiet === true);
  const closing = new AbortController(); // the model goes on while requests are finished
  context.allowEnd?.(config.server.shutdownSeconds * 1000 + FINISH_MS);
  const serve = async (model: ModelProcess): Promise<void> => {
    let failure: unknown = null;
    const opening = model.opened().catch((error: unknown) => {
      failure = error;
    });
    signal.addEventListener('abort', () => {
      log.info({ signal: String(signal.reason) }, 'server ends');
      if (!model.hasOpened) closing.abort(); // nothing is being answered
    });
    const onBug = (error: unknown): void => {
      log.error({ err: error }, 'something failed in a way nobody foresaw');
    };
    // Nest and SQLite take a while to load: only here.
    const [{ startServer }, { openServices }] = await Promise.all([
      import('../main.js'),
      import('./serve-services.js'),
    ]);
    const services = await openServices({
      ...{ config, model, log, onBug },
      modelState: () => stateOf(model, failure),
      defaultFrames: await defaultFrames(engineSettings(context, options).directory),
      version: packageVersion(),
    });
    try {
      const port = options.port ?? config.port;
      const server = await startServer({ host, port, services }).catch(async (error: unknown) => {
        if (!model.hasOpened) await model.close(0); // closing the services waits for it to open or to fail
        throw error;
      });
      try {
        log.info(
          { url: server.url, version: services.version, data: config.dataDirectory },
          'server listens',
        );
        const line =
          options.json === true ? JSON.stringify({ url: server.url }) : `listening on ${server.url}`;
        context.stdout.write(`${line}\n`);
        await opening;
        if (failure !== null && !signal.aborted) {
          await model.opened(); // throws it: a server that can never answer is of no use
          failure = null; // this time it has opened
        }
        await untilAborted(signal);
      } finally {
        await server.close();
      }
    } finally {
      await services.close();
    }
    log.info({}, 'server ended');
  };
  await withModel({ ...context, signal: closing.signal }, options, serve, {
    onWarning: (warning) => {
      log.warn({ from: 'model' }, warning);
    },
    onLife: (life) => {
      if (life.kind === 'ready') log.info({ restarts: life.restarts }, 'model ready');
      else log.error({ reason: life.reason, hung: life.hasHung }, 'model process died');
    },
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

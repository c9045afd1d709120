import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { EngineSettings } from '../model/engine-module.js';
import { PRECISIONS, type PrecisionSetting } from '../model/choose-precision.js';
import type { ModelProcessOptions } from '../model/model-process.js';
import { EXECUTION_PROVIDERS, type ExecutionProvider } from '../runtime/execution-provider.js';
import { bundledModelDirectory } from './bundled-model.js';
import type { CliContext } from './context.js';
import { loadingBar } from './loading-bar.js';
import { modelFolder } from './model-folder.js';
import { wholeNumber } from './parse-number.js';

/** The options of every command that runs a model. */
export interface ModelOptions {
  readonly model?: string;
  readonly adapter?: string;
  readonly threads?: number;
  readonly precision?: PrecisionSetting;
  readonly provider?: ExecutionProvider;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addModelOptions(command: Command): Command {
  return command
    .option(
      '--model <name>',
      'folder of a PaliGemma checkpoint, or owner/name of one that was pulled (default: the bundled nano model)',
    )
    .option('--adapter <dir>', 'folder of a LoRA adapter (PEFT) to merge into the model')
    .addOption(
      new Option('--threads <n>', 'threads of the model (default: all processors)').argParser(
        wholeNumber(1, 1024),
      ),
    )
    .addOption(
      new Option('--precision <name>', 'number type of the model (default: auto, by memory)').choices(
        PRECISIONS,
      ),
    )
    .addOption(new Option('--provider <name>', 'what computes (default: cpu)').choices(EXECUTION_PROVIDERS))
    .option('--json', 'print JSON, one object a line')
    .option('--quiet', 'no progress and no warnings');
}

/** What the engine is opened with: options before settings before defaults. */
export function engineSettings(
  context: CliContext,
  options: ModelOptions,
): EngineSettings & Pick<ModelProcessOptions, 'onLoading' | 'queueLimits' | 'stallLimits' | 'environment'> {
  const { config } = context;
  return {
    directory:
      options.model === undefined
        ? (config.modelDirectory ?? bundledModelDirectory())
        : modelFolder(options.model, config.huggingFaceHub),
    ...(options.adapter === undefined ? {} : { adapter: resolve(options.adapter) }),
    cacheDirectory: config.cacheDirectory,
    threads: options.threads ?? config.threads,
    precision: options.precision ?? config.precision,
    provider: options.provider ?? config.provider,
    imageTokenCacheBytes: config.imageTokenCacheBytes,
    batchFillMs: config.batchFillMs,
    stillThreshold: config.stillThreshold,
    queueLimits: config.queueLimits,
    stallLimits: config.stallLimits,
    environment: config.environment,
    onLoading: loadingBar(context.stderr, options.quiet === true),
  };
}

import { join, relative } from 'node:path';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { openClips } from '../clip/open-clips.js';
import type { Model } from '../model/model.js';
import { consume } from '../pipeline/consume.js';
import { describeClips } from '../pipeline/describe-clips.js';
import { RetryableError } from '../shared/errors.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import { bundledModelDirectory, samplesDirectory } from './bundled-model.js';
import type { CliContext } from './context.js';
import { DemoPrinter } from './demo-printer.js';
import { readSamples, type Sample } from './samples.js';
import { warner } from './warner.js';

const FRAMES = 8;
const OPTIONS = { sampling: { kind: 'greedy' }, maxNewTokens: 64, topLogprobs: 0 } as const;

/**
 * Captions the first sample and asks its first question; the words are the model's own.
 * @throws RetryableError `clips_incomplete`
 */
export async function printDemo(context: CliContext, model: Model, begunMs: number): Promise<void> {
  const [[sample], { preprocessor }, tools] = await Promise.all([
    readSamples(),
    openCheckpoint(bundledModelDirectory()),
    findFfmpeg(context.config.ffmpeg),
  ]);
  if (sample === undefined) return; // readSamples promises one
  const question = sample.questions[0]?.question ?? 'what happens?';
  const file = join(samplesDirectory(), sample.file);
  const printer = new DemoPrinter((text) => context.stdout.write(text), begunMs);
  printer.introduce(sample.title, relative('.', file));
  const events = describeClips({
    open: (signal) =>
      openClips(file, {
        tools,
        size: preprocessor.size,
        plan: { kind: 'even', frames: FRAMES },
        signal,
        onWarning: warner(context, {}),
      }),
    total: () => 1,
    model,
    questions: [
      { kind: 'caption', prompt: 'caption en' },
      { kind: 'answer', prompt: `answer en ${question}`, question },
    ],
    options: OPTIONS,
  });
  await consume(
    events,
    (event) => {
      printer.take(event);
    },
    context.signal,
  );
  const { failures } = printer;
  if (failures > 0)
    throw new RetryableError('clips_incomplete', `${failures} of 2 answers did not come: try again`);
  context.stdout.write(whatNext(relative('.', file), sample));
}

function whatNext(file: string, sample: Sample): string {
  const other = sample.questions[1]?.question ?? 'what happens?';
  return `
Try next:
  npx palistream ask ${file} ${JSON.stringify(other)}
  npx palistream caption ${file} --every 1 --format vtt
  npx palistream caption YOUR_VIDEO.mp4
  npx palistream models      which models are here, and how to use Google's PaliGemma
  npx palistream doctor      whether everything works on this machine
`;
}

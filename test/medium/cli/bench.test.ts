import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { ownContestant } from '../../../src/cli/bench/contestant.js';
import { FULL_SHAPE, shapeFiles } from '../../../src/cli/bench/model-shape.js';
import { writeTransformersFolder } from '../../../src/cli/bench/peers/write-transformers-folder.js';
import { planJobs } from '../../../src/cli/bench/plan-jobs.js';
import { runRounds } from '../../../src/cli/bench/run-rounds.js';
import { writeRandomCheckpoint } from '../../../src/cli/bench/write-random-checkpoint.js';
import { bundledModelDirectory } from '../../../src/cli/bundled-model.js';
import { openTowers } from '../../../src/model/engine-towers.js';
import { Session, type RuntimeTensor } from '../../../src/runtime/session.js';
import { readFrames, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it("knows PaliGemma 3B's shape to the last number", () => {
  const { tensors } = shapeFiles(FULL_SHAPE);
  const numbers = [...tensors.values()].map((dims) => dims.reduce((product, size) => product * size, 1));
  expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(2_923_466_480);
});

it('writes a checkpoint of random weights that opens like any other', async () => {
  const folder = await temporaryFolder();
  const tokenizer = join(tinyFolder('paligemma1-tiny-f32'), 'tokenizer.json');
  await writeRandomCheckpoint(folder, { visionLayers: 1, textLayers: 1, vocabSize: 512 }, tokenizer);
  const { config, tensors } = await openCheckpoint(folder);
  expect(config.imageTokens).toBe(256);
  const projector = tensors.get('multi_modal_projector.linear.weight');
  if (projector === undefined) throw new Error('no projector');
  const weights = await readTensor(projector);
  const bound = 1 / Math.sqrt(1152);
  const largest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0);
  expect(largest).toBeLessThanOrEqual(bound);
  expect(largest).toBeGreaterThan(0.99 * bound);
});

it('measures engines in turns, each in a process of its own', async () => {
  const cacheDirectory = await temporaryFolder();
  const checkpoint = await openCheckpoint(tinyFolder('paligemma1-tiny-f32'));
  const contest = { cacheDirectory, threads: 1, maxRows: 64 };
  const lost = { ...checkpoint, directory: join(cacheDirectory, 'nowhere') };
  const steps: string[] = [];
  const [exact, small, failed] = await runRounds(
    [
      ownContestant(checkpoint, 'f32', contest),
      ownContestant(checkpoint, 'int4', contest),
      ownContestant(lost, 'f32', contest),
    ],
    {
      rounds: 2,
      jobs: planJobs(
        { measure: ['vision', 'prefix', 'caption'], prefixes: [20], frames: [2], words: 3 },
        { imageTokens: checkpoint.config.imageTokens, maxPositions: 200 },
      ),
      signal: new AbortController().signal,
      onWarning: expect.unreachable,
      environment: process.env,
      onStep: (step) => steps.push(step),
    },
  );
  expect(steps.slice(3)).toEqual(
    [1, 2].flatMap((n) => [`palistream f32, round ${n} of 2`, `palistream int4, round ${n} of 2`]),
  );
  expect(failed).toMatchObject({ rounds: [], absent: expect.stringMatching(/^failed: .*nowhere/) as string });
  for (const engine of [exact, small]) {
    expect(engine?.rounds).toHaveLength(2);
    for (const round of engine?.rounds ?? []) {
      const [prefix] = round.prefixes;
      const [caption] = round.captions;
      const times = [
        round.visionPerFrame,
        prefix?.prefill,
        prefix?.step,
        prefix?.stepTogether,
        caption?.whole,
      ];
      for (const time of times) expect(time?.wallMs).toBeGreaterThan(0);
      expect(caption?.firstWord.wallMs).toBeLessThan(caption?.whole.wallMs ?? 0);
      expect(round.firstFrameMs).toBeGreaterThan(round.startMs);
      expect(round.memoryEnd.peak).toBeGreaterThanOrEqual(round.memoryReady.resident);
    }
  }
}, 180_000);

describe('the layout of transformers.js', () => {
  const prompt = [2, 5, 9, 11];

  it("gives this project's own logits, as transformers.js drives it", async () => {
    const folder = await temporaryFolder();
    const checkpoint = await openCheckpoint(tinyFolder('paligemma1-tiny-f32'));
    const { config, preprocessor } = checkpoint;
    await writeTransformersFolder(checkpoint, folder, 'fp32');
    const open = async (name: string) => {
      const onnx = join(folder, 'onnx');
      const model = await readFile(join(onnx, `${name}.onnx`));
      const session = await Session.open({ name, model, weightsFolder: onnx, threads: 1 });
      onTestFinished(() => session.dispose());
      return session;
    };
    const [vision, embed, decoder] = [
      await open('vision_encoder'),
      await open('embed_tokens'),
      await open('decoder_model_merged'),
    ];
    const [frame] = await readFrames(checkpoint.directory, [0]);
    if (frame === undefined) throw new Error('no frame');

    // What transformers.js does between its graphs: normalise, look up, put features over the image's places.
    const { imageSize: side } = config.vision;
    const pixels = new Float32Array(3 * side * side);
    frame.pixels.data.forEach((byte, i) => {
      const [channel, place] = [i % 3, Math.floor(i / 3)];
      const { mean, std, rescaleFactor } = preprocessor;
      pixels[channel * side * side + place] =
        (byte * rescaleFactor - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    });
    const seen = await vision.run(
      { pixel_values: { data: pixels, dims: [1, 3, side, side] } },
      { image_features: null },
    );
    const lookUp = async (ids: readonly number[]) => {
      const feeds = { input_ids: { data: BigInt64Array.from(ids, BigInt), dims: [1, ids.length] } };
      return (await embed.run(feeds, { inputs_embeds: null }))['inputs_embeds']?.data as Float32Array;
    };
    const features = seen['image_features']?.data as Float32Array;
    const embeds = Float32Array.from([...features, ...(await lookUp(prompt))]);
    const rows = config.imageTokens + prompt.length;
    const { layers, headDim, hiddenSize } = config.text;
    const names = Array.from({ length: layers }, (_, i) => [`${i}.key`, `${i}.value`]).flat();
    const step = async (data: Float32Array, first: number, past: Record<string, RuntimeTensor>) => {
      const count = data.length / hiddenSize;
      const positions = BigInt64Array.from({ length: count }, (_, i) => BigInt(first + i + 1)); // from 1 on
      const feeds = {
        inputs_embeds: { data, dims: [1, count, hiddenSize] },
        position_ids: { data: positions, dims: [1, count] },
        num_logits_to_keep: { data: BigInt64Array.of(1n), dims: [] },
        ...Object.fromEntries(
          names.map((name) => [`past_key_values.${name}`, past[`present.${name}`] ?? nothing]),
        ),
      };
      const wanted = ['logits', ...names.map((name) => `present.${name}`)];
      return decoder.run(feeds, Object.fromEntries(wanted.map((name) => [name, null])));
    };
    const nothing = { data: new Float32Array(0), dims: [1, 1, 0, headDim] };
    const prefilled = await step(embeds, 0, {});
    const continued = await step(await lookUp([7]), rows, prefilled);
    expect(continued['present.0.key']?.dims).toEqual([1, 1, rows + 1, headDim]);

    const towers = await openTowers(checkpoint, {
      ...{ cacheDirectory: folder, threads: 1, imageTokenCacheBytes: 0 },
      onWarning: expect.unreachable,
    });
    try {
      const sequence = await towers.decoder.prefill(await towers.vision.encode([frame]), prompt, 2);
      expectClose(prefilled['logits'], sequence.logits);
      await sequence.append(7);
      expectClose(continued['logits'], sequence.logits);
    } finally {
      await towers.vision.dispose();
      await towers.decoder.dispose();
      await towers.weights.dispose();
    }
  });

  it('writes a decoder of 4 bits beside it, in a fraction of the bytes', async () => {
    const folder = await temporaryFolder();
    const checkpoint = await openCheckpoint(bundledModelDirectory());
    const whole = await writeTransformersFolder(checkpoint, folder, 'fp32');
    const small = await writeTransformersFolder(checkpoint, folder, 'q4');
    const size = async (name: string) => (await stat(join(folder, 'onnx', name))).size;
    expect(await size('decoder_model_merged_q4.onnx_data')).toBeLessThan(
      0.2 * (await size('decoder_model_merged.onnx_data')),
    );
    expect(small).toBeLessThan(whole);
    expect((await readdir(join(folder, 'onnx'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

/** The head here has rows for ids that are never generated, behind those that both have. */
function expectClose(found: RuntimeTensor | undefined, expected: Float32Array): void {
  expected.forEach((logit, id) => {
    expect(found?.data[id]).toBeCloseTo(logit, 4);
  });
  expect(expected.length).toBeGreaterThan(0);
}

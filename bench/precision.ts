/**
 * Compares the precisions of the bundled model with float32 on held-out scenes, and writes the table of
 * docs/precision.md: `npx tsx bench/precision.ts [--scenes 100] [--threads 2] [--print]`.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.js';
import { answers } from './precision/answers.js';
import { compare } from './precision/compare.js';
import { sceneRequests } from './precision/scene-requests.js';
import { comparisonTable, withTable } from './precision/table.js';

const DOCUMENT = 'docs/precision.md';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '100' },
    threads: { type: 'string', default: '2' },
    model: { type: 'string', default: 'models/nano' },
    print: { type: 'boolean', default: false },
  },
});
const checkpoint = await openCheckpoint(values.model);
const requests = await sceneRequests(Number(values.scenes), checkpoint.config.vision.imageSize);
const cache = await mkdtemp(join(tmpdir(), 'precision-'));
try {
  const threads = Number(values.threads);
  const reference = await answers(checkpoint, 'f32', requests, null, cache, threads);
  const rows = [{ precision: 'f32', comparison: compare(requests, reference, reference) }];
  for (const precision of ['int8', 'int4'] as const) {
    const given = await answers(checkpoint, precision, requests, reference, cache, threads);
    rows.push({ precision, comparison: compare(requests, reference, given) });
  }
  const table = comparisonTable(rows, requests.length, Number(values.scenes));
  process.stdout.write(table);
  if (!values.print) await writeFile(DOCUMENT, withTable(await readFile(DOCUMENT, 'utf8'), table));
} finally {
  await rm(cache, { recursive: true, force: true });
}

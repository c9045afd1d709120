import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runWithEngine } from './run-with-engine.js';
import { startCli } from './start-cli.js';

interface Sample {
  readonly file: string;
  readonly caption: string;
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly stillWrong: readonly { readonly question: string; readonly answer: string }[];
}

const SAMPLES = JSON.parse(readFileSync('samples/samples.json', 'utf8')) as Sample[];
const README = readFileSync('samples/README.md', 'utf8');
const cache = mkdtempSync(join(tmpdir(), 'samples-'));

afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
});

async function says(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await startCli(args, { env: { PALISTREAM_CACHE_DIR: cache } }).exit;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim();
}

describe.each(SAMPLES)('the sample $file', ({ file, caption, questions, stillWrong }) => {
  it('is captioned right, as the README of the samples says', async () => {
    expect(await says('caption', `samples/${file}`)).toBe(caption);
    expect(README).toContain(`| \`${file}\` | ${caption} |`);
  });

  it.each([...questions])('answers "$question" right', async ({ question, answer }) => {
    expect(await says('ask', `samples/${file}`, question)).toBe(answer);
    expect(README).toContain(`| \`${file}\` | ${question} | ${answer} |`);
  });

  // Fails as soon as the model gets it right: then it belongs among the questions.
  it.fails.each([...stillWrong])('does not yet answer "$question"', async ({ question, answer }) => {
    expect(await says('ask', `samples/${file}`, question)).toBe(answer);
  });

  it.each([...stillWrong])('owns up to "$question" in the README', ({ question, answer }) => {
    expect(README).toContain(`| \`${file}\` | ${question} | ${answer} |`);
  });
});

describe('palistream demo', () => {
  it('captions the first sample and answers its first question, then says what to try', async () => {
    const [sample] = SAMPLES;
    const told = await says('demo');
    expect(told).toContain(sample?.caption);
    expect(told).toContain(sample?.questions[0]?.question);
    expect(told).toMatch(/npx palistream ask /);
  });

  it('fails when the model does', async () => {
    const { code, stdout, stderr } = await runWithEngine(['demo'], { engine: 'failing-engine', cache });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'palistream: 2 of 2 answers did not come: try again\n',
    });
    expect(stdout).toMatch(/\ncaption {3}a\n[^\n]+\n\nquestion [^\n]+\nanswer {4}a\n[^\n]+\n\n$/);
  });
});

import type { Benchmark } from './benchmark.js';

const RESOLUTIONS = [224, 448, 896] as const;

/** The manual page of a benchmark, Markdown: where the data is had, what its licence allows, the exact command. */
export function manualPage(benchmark: Benchmark): string {
  const { name, title, source, prompt, frames, textLength, metric, split, card, notes } = benchmark;
  const asked = frames === null ? 'pictures' : `videos, ${frames.count} frames, every ${frames.stride}th`;
  const numbers = RESOLUTIONS.map((side) => card.numbers[side]?.join(' / ') ?? '');
  return `# ${title}

| | |
|---|---|
| data | <${source.url}> |
| licence | ${source.licence} |
| looked at | ${asked} |
| prompt | ${prompt.split('\n').map(code).join(' newline ')} |
| tokens of the prompt, and written at most | ${textLength} |
| decoding | ${decodingWords(benchmark.decoding)} |
| metric | ${code(metric)} |
| split | ${split} |

Put the files as published into one folder:

\`\`\`
${source.files.join('\n')}
\`\`\`

then

\`\`\`
npx palistream eval ${name} --data DIR --model MODEL
\`\`\`

The model card has, for a checkpoint ${card.model}, on ${card.split}:

| ${card.parts.length === 1 ? (card.parts[0] ?? '') : card.parts.join(' / ')} | 224 | 448 | 896 |
|---|---|---|---|
| | ${numbers.join(' | ')} |
${notes === undefined ? '' : `\n${notes}\n`}`;
}

function decodingWords(decoding: Benchmark['decoding']): string {
  return decoding === 'greedy' ? 'greedy' : `beam search, ${decoding.beams} beams`;
}

/** Code with its tabs and runs of blanks kept. */
function code(text: string): string {
  return `\`${text}\``;
}

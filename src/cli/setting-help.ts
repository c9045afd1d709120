import { SETTINGS } from '../config/settings.js';

/** All settings for a terminal: each name with its default, and what it means below. @param width of the terminal */
export function settingHelp(width: number): string {
  const entries = Object.entries(SETTINGS).map(([name, { default: preset, meaning, key }]) => {
    const inFile = key === null ? '' : `, in a file ${key}`;
    const known = preset === null ? '' : ` (default: ${plain(preset)}${inFile})`;
    return `  ${name}${known}\n${wrapped(plain(meaning), width)}`;
  });
  return entries.join('\n');
}

const INDENT = '      ';

/** Markdown without its marks; a link to a page beside docs/config.md becomes the page's path. */
function plain(markdown: string): string {
  return markdown.replace(/\[[^\]]*\]\(([^)]+)\)/g, 'docs/$1').replaceAll('`', '');
}

function wrapped(text: string, width: number): string {
  const lines = [INDENT];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const isFull = line !== INDENT && line.length + 1 + word.length > width;
    if (isFull) lines.push(INDENT + word);
    else lines[lines.length - 1] = line === INDENT ? line + word : `${line} ${word}`;
  }
  return lines.join('\n');
}

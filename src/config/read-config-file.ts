import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../shared/errors.js';
import { SETTINGS, type SettingName } from './settings.js';

/** A value of the file as the variable would have it, and where it stands. */
export interface FileValue {
  readonly text: string;
  readonly key: string;
  readonly line: number;
}

export interface ConfigFile {
  readonly values: ReadonlyMap<SettingName, FileValue>;
  /** All that cannot be, in sentences without an end. */
  readonly problems: readonly string[];
}

/** A file of settings has some dozen lines. */
const MAX_BYTES = 1024 * 1024;

const KEYS = new Map(
  (Object.keys(SETTINGS) as SettingName[]).flatMap((name): [string, SettingName][] => {
    const { key } = SETTINGS[name];
    return key === null ? [] : [[key, name]];
  }),
);

/** Reads a YAML or JSON file of settings; what they may be is checked with those of the environment. */
export function readConfigFile(path: string): ConfigFile {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) throw new Error(`it has ${size} bytes, and ${MAX_BYTES} may be read`);
    return parseConfigFile(path, readFileSync(path, 'utf8'));
  } catch (error) {
    return { values: new Map(), problems: [`${path} cannot be read (${messageOf(error)})`] };
  }
}

function parseConfigFile(path: string, source: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    return { values: new Map(), problems: [`${path} is no YAML or JSON (${firstLine(syntax.message)})`] };
  }
  const { contents } = document;
  if (contents === null) return { values: new Map(), problems: [] };
  if (!isMap(contents)) {
    return { values: new Map(), problems: [`${path} must have settings such as "port: 8080", and has none`] };
  }
  const values = new Map<SettingName, FileValue>();
  const problems: string[] = [];
  for (const { key: keyNode, value: node } of contents.items) {
    const key = (isScalar(keyNode) ? scalarText(keyNode.value) : null) ?? '?';
    const line = isScalar(keyNode) ? lines.linePos(keyNode.range[0]).line : 1;
    const name = KEYS.get(key);
    const text = textOf(node);
    if (name === undefined)
      problems.push(`${path} line ${line} has ${JSON.stringify(key)}, which is no setting`);
    else if (text === null)
      problems.push(
        `${key} in ${path} line ${line} must be a text, a number, true, false or a list of these`,
      );
    else if (text !== '') values.set(name, { key, line, text: inFolder(name, text, dirname(path)) });
  }
  return { values, problems };
}

/** Null: neither a scalar nor a list of them. A list is as the variable would have it, parted by commas. */
function textOf(node: unknown): string | null {
  if (node === null) return '';
  if (isScalar(node)) return scalarText(node.value);
  if (!isSeq(node)) return null;
  const texts = node.items.map((item) => (isScalar(item) ? scalarText(item.value) : null));
  return texts.some((text) => text === null) ? null : texts.join(',');
}

function scalarText(value: unknown): string | null {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function inFolder(name: SettingName, text: string, folder: string): string {
  const setting = SETTINGS[name];
  return 'isPath' in setting ? resolve(folder, text) : text;
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/:$/, '') ?? '';
}

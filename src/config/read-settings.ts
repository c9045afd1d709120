import { resolve } from 'node:path';
import { EnvironmentError } from '../shared/errors.js';
import { type ConfigFile, readConfigFile } from './read-config-file.js';
import { SETTINGS, SETTINGS_SCHEMA, type SettingName, type SettingValues } from './settings.js';

export interface Settings {
  readonly values: SettingValues;
  readonly given: readonly GivenSetting[];
}

/** A setting that was set, and where. */
export interface GivenSetting {
  readonly name: SettingName;
  /** As it was written; null for secrets. */
  readonly text: string | null;
  /** `the environment`, or a file with a line. */
  readonly origin: string;
}

/**
 * Takes each setting from the environment, else from the configuration file, if there is one.
 *
 * @param file goes before PALISTREAM_CONFIG
 * @throws EnvironmentError `bad_configuration`, naming all at once that cannot be, and where each was set
 */
export function readSettings(env: NodeJS.ProcessEnv, file?: string): Settings {
  const path = file ?? env['PALISTREAM_CONFIG'] ?? '';
  const { values, problems }: ConfigFile =
    path === '' ? { values: new Map(), problems: [] } : readConfigFile(resolve(path));
  const merged: Partial<Record<SettingName, string>> = {};
  const origins = new Map<SettingName, { called: string; origin: string }>();
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const variable = name === 'PALISTREAM_CONFIG' ? path : env[name];
    const inFile = values.get(name);
    if (variable !== undefined && variable !== '') {
      merged[name] = variable;
      const isOption = name === 'PALISTREAM_CONFIG' && file !== undefined;
      origins.set(name, { called: name, origin: isOption ? 'the command line' : 'the environment' });
    } else if (inFile !== undefined) {
      merged[name] = inFile.text;
      origins.set(name, { called: inFile.key, origin: `${resolve(path)} line ${inFile.line}` });
    }
  }
  const parsed = SETTINGS_SCHEMA.safeParse(merged);
  const bad = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path[0] as SettingName;
    const { called, origin } = origins.get(name) ?? { called: name, origin: 'the environment' };
    const value = 'isSecret' in SETTINGS[name] ? 'something else' : JSON.stringify(merged[name]);
    return `${called} in ${origin} ${issue.message}, and is ${value}`;
  });
  if (!parsed.success || problems.length > 0) {
    throw new EnvironmentError(
      'bad_configuration',
      `there are settings that cannot be: ${[...problems, ...bad].join('; ')}; see docs/config.md or palistream config`,
    );
  }
  const given = [...origins].map(([name, { origin }]) => ({
    name,
    text: 'isSecret' in SETTINGS[name] ? null : (merged[name] ?? ''),
    origin,
  }));
  return { values: parsed.data, given };
}

import type { GivenSetting } from '../config/read-settings.js';
import { SETTINGS } from '../config/settings.js';

export interface ListedSetting {
  readonly name: string;
  /** Its name in a configuration file. */
  readonly key: string | null;
  /** As it was set; null when it was not, and for secrets. */
  readonly value: string | null;
  /** Where it was set; null when it has its default. */
  readonly origin: string | null;
  readonly default: string | null;
  readonly meaning: string;
}

/** Every setting with what it was set to. */
export function settingList(given: readonly GivenSetting[]): readonly ListedSetting[] {
  return Object.entries(SETTINGS).map(([name, { key, default: preset, meaning }]) => {
    const set = given.find((one) => one.name === name);
    return { name, key, value: set?.text ?? null, origin: set?.origin ?? null, default: preset, meaning };
  });
}

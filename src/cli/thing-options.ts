import { type Command, Option } from 'commander';
import type { Convention } from '../tasks/convention.js';

export interface ThingFlags {
  readonly locConvention: `${Convention}`;
}

/** The options of commands that are answered with boxes. */
export function addThingOptions(command: Command): Command {
  return command.addOption(
    new Option(
      '--loc-convention <n>',
      "what locations are divided by: 1023 as trained, 1024 as in Google's demos",
    )
      .choices(['1023', '1024'])
      .default('1023'),
  );
}

export function conventionOf({ locConvention }: ThingFlags): Convention {
  return locConvention === '1024' ? 1024 : 1023;
}

/** Names of things, several in one argument or in several: `"cow ; car" dog`. */
export function thingNames(args: readonly string[]): string[] {
  return args
    .flatMap((arg) => arg.split(';'))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * The file that `--config` names, before the command line is read in earnest: the settings are needed for that.
 * @returns undefined when there is none
 */
export function configOption(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const at = options.findLastIndex((word) => word === '--config' || word.startsWith('--config='));
  const word = options[at];
  if (word === undefined) return undefined;
  return word === '--config' ? options[at + 1] : word.slice('--config='.length);
}

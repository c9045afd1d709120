import type { Group } from './scene.js';

const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** `a` or `an`, by the letter that follows. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) && !noun.startsWith('uni') ? 'an' : 'a'} ${noun}`;
}

/** The noun with its paint: `red car`, `cows`. */
export function noun(group: Group): string {
  const name = group.members.length > 1 ? group.kind.plural : group.kind.name;
  return group.colour === null ? name : `${group.colour} ${name}`;
}

/** A group as it enters a sentence: `a cow`, `two red cars`. */
export function someOf(group: Group): string {
  const count = group.members.length;
  return count > 1 ? `${NUMBER_WORDS[count] ?? String(count)} ${noun(group)}` : withArticle(noun(group));
}

/** A group that was named before: `the cow`, `the red cars`. */
export function the(group: Group): string {
  return `the ${noun(group)}`;
}

/** `a cow`, `a cow and a dog`, `a cow, a dog and a car`. */
export function joined(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1] ?? ''}`;
}

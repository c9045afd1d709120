import { Follower } from './follower.js';

/**
 * What is wrong with the numbers of a follower that was there from the beginning: a hole, a repetition, or another event
 * than the server gives under that number now.
 */
export async function wrongNumbers(url: () => string, follower: Follower): Promise<string[]> {
  const { topic, kept } = follower;
  const hole = kept.findIndex(({ seq }, i) => seq !== i + 1);
  if (hole !== -1) return [`${topic}: the event ${hole + 1} has the number ${kept[hole]?.seq ?? 'none'}`];
  const again = new Follower(url, topic);
  try {
    await again.until(`number ${kept.length}`, (other) => other.kept.length >= kept.length);
  } catch (error) {
    return [String(error)];
  } finally {
    again.close();
  }
  return kept.flatMap((message, i) =>
    JSON.stringify(message) === JSON.stringify(again.kept[i])
      ? []
      : [`${topic}: number ${i + 1} has changed`],
  );
}

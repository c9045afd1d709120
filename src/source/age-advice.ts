/** ffmpeg's own branches get security fixes for about two years. */
const TRUSTED_YEARS = 2;

/**
 * A sentence when a build of that year should not be fed videos of strangers, else undefined.
 *
 * Decoders are the part of a video product that strangers' bytes reach first, and their holes are found
 * year by year.
 */
export function ageAdvice(name: string, year: number | undefined, now: Date): string | undefined {
  if (year === undefined) return undefined;
  const age = now.getUTCFullYear() - year;
  if (age <= TRUSTED_YEARS) return undefined;
  return (
    `this ${name} is from ${year}, about ${age} years old: do not feed it videos from people you do not ` +
    `trust; install a current ffmpeg, which is then preferred, or name one in FFMPEG_PATH`
  );
}

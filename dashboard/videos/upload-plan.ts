import type { VideoTaskWish } from '../../src/delivery/videos/video-plan.js';

/** What is to be done with the files that are uploaded, as a person sets it. */
export interface UploadWishes {
  readonly windowSeconds: number;
  readonly lang: string;
  /** Parted by commas; empty: nothing is looked for. */
  readonly things: string;
  readonly withMasks: boolean;
}

export const DEFAULT_WISHES: UploadWishes = { windowSeconds: 5, lang: 'en', things: '', withMasks: false };

/** The tasks of the wishes; null where they are the server's own default. */
export function tasksOf(wishes: UploadWishes): VideoTaskWish[] | null {
  const { windowSeconds, lang } = wishes;
  const things = thingsOf(wishes.things);
  if (windowSeconds === DEFAULT_WISHES.windowSeconds && lang === DEFAULT_WISHES.lang && things.length === 0)
    return null;
  const words: VideoTaskWish[] = [
    { task: 'summary', lang },
    { task: 'captions', lang, window_seconds: windowSeconds },
  ];
  if (things.length === 0) return words;
  return [...words, { task: wishes.withMasks ? 'segment' : 'detect', things, every_seconds: 1 }];
}

/** The names in a list a person has typed. */
export function thingsOf(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((thing) => thing.trim())
    .filter((thing) => thing !== '');
}

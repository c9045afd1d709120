/** A resampling filter: half the width it reaches at scale 1, in source pixels, and its weight at a distance. */
export interface ResizeFilter {
  readonly support: number;
  readonly weight: (distance: number) => number;
}

export type ResizeFilterName = 'bicubic' | 'bilinear';

/** PIL's filters of these names, in PIL's order of operations: the last bit of a weight can decide a rounding. */
export const RESIZE_FILTERS: Readonly<Record<ResizeFilterName, ResizeFilter>> = {
  bicubic: {
    support: 2,
    weight: (distance) => {
      const a = -0.5;
      const x = Math.abs(distance);
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
      return 0;
    },
  },
  bilinear: {
    support: 1,
    weight: (distance) => Math.max(0, 1 - Math.abs(distance)),
  },
};

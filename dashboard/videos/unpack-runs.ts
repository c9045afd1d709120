/** COCO's run lengths (see `mask-rle.ts` of the server): columns from the left, each from the top. */
export function unpackRuns(counts: string): number[] {
  const runs: number[] = [];
  for (let place = 0; place < counts.length;) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; place++) {
      const bits = counts.charCodeAt(place) - 48;
      value |= (bits & 0x1f) << shift;
      shift += 5;
      more = (bits & 0x20) !== 0;
      if (!more && (bits & 0x10) !== 0) value |= -1 << shift;
    }
    runs.push(runs.length > 2 ? value + (runs[runs.length - 2] ?? 0) : value);
  }
  return runs;
}

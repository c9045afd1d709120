/** Where a frame is served. */
export function frameUrl(id: string): string {
  return `/v1/frames/${id}`;
}

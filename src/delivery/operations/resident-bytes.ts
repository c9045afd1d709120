import pidusage from 'pidusage';

/** Memory of some processes together; those that have ended meanwhile count as nothing. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(
    pids.map((pid) =>
      pidusage(pid).then(
        ({ memory }) => memory,
        () => 0,
      ),
    ),
  );
  return each.reduce((sum, bytes) => sum + bytes, 0);
}

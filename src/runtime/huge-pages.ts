const TUNABLE = 'glibc.malloc.hugetlb';

/**
 * The environment of a process that computes, made of this one's: on Linux, glibc asks the system for pages of 2 MB.
 * Packing weights takes gigabytes of fresh memory, and taking them 4 kB at a time was 40 % of opening PaliGemma 3B.
 * What the environment says of this itself holds; a system without such pages, or another C library, does not mind.
 *
 * @source glibc manual, "Memory Allocation Tunables"
 */
export function withHugePages(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GLIBC_TUNABLES: own = '' } = environment;
  if (own.includes(TUNABLE)) return environment;
  return { ...environment, GLIBC_TUNABLES: [own, `${TUNABLE}=1`].filter((part) => part !== '').join(':') };
}

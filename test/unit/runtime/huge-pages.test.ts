import { expect, it } from 'vitest';
import { withHugePages } from '../../../src/runtime/huge-pages.js';

it('asks for huge pages, and keeps what else is asked of the C library', () => {
  expect(withHugePages({ HOME: '/root' })).toEqual({
    HOME: '/root',
    GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
  });
  expect(withHugePages({ GLIBC_TUNABLES: 'glibc.malloc.check=3' })).toEqual({
    GLIBC_TUNABLES: 'glibc.malloc.check=3:glibc.malloc.hugetlb=1',
  });
});

it('leaves it to the environment where that says something of huge pages', () => {
  const environment = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=0' };
  expect(withHugePages(environment)).toBe(environment);
});

import { describe, expect, it } from 'vitest';
import { commonFolder } from '../../../src/graph/common-folder.js';

describe('commonFolder', () => {
  it.each([
    [['/a/b/c.st'], '/a/b', ['c.st']],
    [['/a/b/c.st', '/a/b/d.st'], '/a/b', ['c.st', 'd.st']],
    [['/a/b/c.st', '/a/bb/d.st'], '/a', ['b/c.st', 'bb/d.st']],
    [['/a/c.st', '/b/c/d.st'], '/', ['a/c.st', 'b/c/d.st']],
  ])('finds the folder above %j', (files, folder, paths) => {
    const found = commonFolder(files);
    expect(found.folder).toBe(folder);
    expect(files.map((file) => found.paths.get(file))).toEqual(paths);
  });
});

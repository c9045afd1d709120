import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const PAGE = /\bdocs\/[\w-]+(?:\/[\w-]+)*(?:\.md)?/g;

/** The pages that a file of source names in what it says; comments are for those who have the repository. */
function pagesSaid(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('docs/')) return [];
  const pages: string[] = [];
  const visit = (node: ts.Node): void => {
    const says = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
    if (says) pages.push(...(node.text.match(PAGE) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return pages;
}

it('has every page that its messages, its help and its dashboard send people to', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
  const sources = ['src', 'dashboard'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  const pages = [...new Set(sources.flatMap(pagesSaid))].sort();
  expect(pages).toContain('docs/config.md');
  expect(pages).toContain('docs/evaluate/metrics.md');
  expect(pages.filter((page) => !existsSync(page))).toEqual([]);
  const isPacked = (page: string) => files.some((file) => page === file || page.startsWith(`${file}/`));
  expect(pages.filter((page) => !isPacked(page))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const CLASSES = ['RequestError', 'CheckpointError', 'EnvironmentError', 'RetryableError', 'BugError'];

/** `class code` of every error the source throws, with the places where a code is not written out. */
function codesOfSource() {
  const codes = new Set<string>(['CancelledError cancelled']);
  const unreadable: string[] = [];
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file === join('shared', 'errors.ts')) continue;
    const source = ts.createSourceFile(
      file,
      readFileSync(join('src', file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      const made = errorMade(node);
      if (made !== null) {
        const found = codesIn(made.code);
        for (const code of found) codes.add(`${made.name} ${code}`);
        if (found.length === 0) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          unreadable.push(`src/${file}:${line + 1}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { codes: [...codes].sort(), unreadable };
}

/** The class and the code of `new RequestError(code, ...)`, or of `super(code, ...)` in a class that extends one. */
function errorMade(node: ts.Node): { name: string; code: ts.Expression | undefined } | null {
  if (ts.isNewExpression(node) && CLASSES.includes(node.expression.getText())) {
    return { name: node.expression.getText(), code: node.arguments?.[0] };
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return null;
  const around = ts.findAncestor(node, ts.isClassLike);
  const base = around?.heritageClauses?.[0]?.types[0]?.expression.getText() ?? '';
  return CLASSES.includes(base) ? { name: base, code: node.arguments[0] } : null;
}

/** Literals, both sides of a condition, and templates with `*` for what is filled in. */
function codesIn(code: ts.Expression | undefined): string[] {
  if (code === undefined) return [];
  if (ts.isStringLiteralLike(code)) return [code.text];
  if (ts.isConditionalExpression(code)) return [...codesIn(code.whenTrue), ...codesIn(code.whenFalse)];
  if (!ts.isTemplateExpression(code)) return [];
  return [code.head.text + code.templateSpans.map((span) => `*${span.literal.text}`).join('')];
}

/** The rows of the tables of docs/errors.md, under the heading of their class. */
function codesOfDocument(): string[] {
  const sections = readFileSync('docs/errors.md', 'utf8').split(/^## /m).slice(1);
  return sections
    .flatMap((section) => {
      const name = /^(\w+)/.exec(section)?.[1] ?? '';
      return [...section.matchAll(/^\| `([\w*]+)` \|/gm)].map((row) => `${name} ${row[1] ?? ''}`);
    })
    .sort();
}

it('documents every error code of the source, and no other', () => {
  const { codes, unreadable } = codesOfSource();
  const documented = codesOfDocument();
  expect({
    missingInDocument: codes.filter((code) => !documented.includes(code)),
    missingInSource: documented.filter((code) => !codes.includes(code)),
    documentedTwice: documented.filter((code, i) => documented.indexOf(code) !== i),
    codesNotWrittenOut: unreadable,
  }).toEqual({ missingInDocument: [], missingInSource: [], documentedTwice: [], codesNotWrittenOut: [] });
});

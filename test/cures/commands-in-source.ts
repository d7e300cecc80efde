import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A command in a text of the product; what is filled in is `*`. */
export interface SourceCommand {
  /** Relative to the repository. */
  readonly file: string;
  readonly command: string;
}

const ROOT = join(__dirname, '..', '..');
const PROGRAMS =
  'vb365|npx|npm|git|openssl|terraform|ssh-keygen|ssh-keyscan|age|age-keygen|az|chmod|keytool|Get-ChildItem';
/** Between quotes; by itself; or behind a colon, a bracket or "by", up to what ends it. */
const COMMANDS = [
  new RegExp(`"((?:${PROGRAMS}) [^"]+)"`, 'g'),
  new RegExp(`^((?:${PROGRAMS}) [^"]+)$`, 'g'),
  new RegExp(`(?::|\\(|\\bby|\\bthen) ?((?:${PROGRAMS}) [^";,)]+)`, 'g'),
];
/** Calls that tell what a command or a key is, and names of what is wrong: no cure. */
const TELLING = /^(?:addHelpText|describe|description|option|argument|usage|summary)$/;
const WRONG = /^(?:message|what|why|detail|event|sentence|source|description)$/;

/** Every command that a text of the product names as something to do. */
export function commandsInSource(): SourceCommand[] {
  return ['cli', 'lib', 'stacks'].flatMap((folder) => {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
    return names.filter((name) => name.endsWith('.ts')).flatMap((name) => commandsOf(join(folder, name)));
  });
}

function commandsOf(file: string): SourceCommand[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: SourceCommand[] = [];
  const visit = (node: ts.Node): void => {
    if (isElsewhere(node)) return;
    const text = textOf(node);
    if (text !== undefined) {
      const commands = new Set(
        COMMANDS.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, command = '']) => command.trim())),
      );
      found.push(...[...commands].map((command) => ({ file, command })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether no cure stands in what belongs to a node. */
function isElsewhere(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    return ts.isPropertyAccessExpression(expression) && TELLING.test(expression.name.text) && !hasCalls(expression);
  }
  if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) return WRONG.test(node.name.getText());
  return false;
}

function hasCalls({ expression }: ts.PropertyAccessExpression): boolean {
  return ts.isCallExpression(expression);
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('');
}

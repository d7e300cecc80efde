import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A command in a text of the product; what is filled in is `*`. */
export interface SourceCommand {
  /** Relative to the repository. */
  readonly file: string;
  readonly command: string;
  /** In which it stands, filled in alike. */
  readonly text: string;
}

const ROOT = join(__dirname, '..', '..');
const PROGRAMS =
  'vb365|npx|npm|git|openssl|terraform|ssh-keygen|ssh-keyscan|age|age-keygen|az|chmod|keytool|Get-ChildItem';
/** Between quotes; by itself; or behind a colon, a bracket or "by", up to what ends it. */
const COMMANDS = [
  new RegExp(`"((?:${PROGRAMS}) [^"]+)"`, 'g'),
  new RegExp(`^((?:${PROGRAMS}) [^"\\n]+)$`, 'g'),
  new RegExp(`(?::|\\(|\\bby|\\bthen) ?((?:${PROGRAMS}) [^";,)'\\n]+)`, 'g'),
];
/** Calls that tell what a command or a key is, and names of what is wrong: no cure. */
const TELLING = /^(?:addHelpText|describe|description|option|argument|usage|summary)$/;
const WRONG = /^(?:message|what|why|detail|event|sentence|source|description)$/;

/** Every command that a text of the product names as something to do. */
export function commandsInSource(): SourceCommand[] {
  return ['cli', 'lib', 'stacks'].flatMap((folder) => {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
    return names
      .filter((name) => name.endsWith('.ts') && name !== 'error-codes.ts')
      .flatMap((name) => commandsOf(join(folder, name)));
  });
}

function commandsOf(file: string): SourceCommand[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: SourceCommand[] = [];
  const visit = (node: ts.Node): void => {
    if (isWrong(node)) return;
    if (ts.isCallExpression(node) && isTelling(node)) {
      visit(node.expression);
      return;
    }
    const text = textOf(node);
    if (text !== undefined) {
      const commands = new Set(
        COMMANDS.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, command = '']) => command.trim())),
      );
      found.push(...[...commands].map((command) => ({ file, command, text })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether it says what is wrong, and not what is to be done. */
function isWrong(node: ts.Node): boolean {
  return (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && WRONG.test(node.name.getText());
}

function isTelling({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && TELLING.test(expression.name.text);
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('');
}

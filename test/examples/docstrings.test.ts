import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

interface Example {
  /** Of the source, and its number there: `lib/entra/admin-consent.ts 1`. */
  readonly name: string;
  readonly code: string;
}

function examplesIn(folder: string): Example[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      const blocks = [...text.matchAll(/@example\n *\* ```ts\n([\s\S]*?)\n *\* ```/g)];
      return blocks.map(([, block = ''], index) => ({
        name: `${folder}/${file} ${index + 1}`,
        code: block.replace(/^ *\* ?/gm, ''),
      }));
    });
}

/** What the compiler says of each example, as a program in one of the module systems. */
function complaints(examples: readonly Example[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = new Map(
    examples.flatMap(({ code }, index) =>
      ['cts', 'mts'].map((extension) => [join(root, `example-${index}.${extension}`), code]),
    ),
  );
  const system = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...system,
    fileExists: (file) => files.has(file) || system.fileExists(file),
    readFile: (file) => files.get(file) ?? system.readFile(file),
    getSourceFile: (file, target) => {
      const code = files.get(file);
      return code === undefined ? system.getSourceFile(file, target) : ts.createSourceFile(file, code, target);
    },
  };
  const program = ts.createProgram([...files.keys()], { ...options, types: ['node'] }, host);
  return [...files.keys()].flatMap((file) =>
    [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ].map(({ messageText, start = 0 }) => {
      const [, index = '0'] = /example-(\d+)/.exec(file) ?? [];
      const line = (files.get(file) ?? '').slice(0, start).split('\n').length;
      return `${examples[Number(index)]?.name ?? ''}, ${relative(root, file)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    }),
  );
}

describe('examples in docstrings', () => {
  const examples = [...examplesIn('lib'), ...examplesIn('stacks')];

  it('are there for what is used most', () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
  });

  it('compile as programs in CommonJS and as ES modules', () => {
    expect(complaints(examples)).toEqual([]);
  });
});

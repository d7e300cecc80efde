/**
 * Imports point downwards only, from programs to findings: ARCHITECTURE.md says what each layer is for.
 */
const layers = [
  '^(main\\.ts|cli/)',
  '^stacks/',
  '^lib/roles/',
  '^lib/entra/',
  '^lib/(report|review|install|verify|matrix|recover)/',
  '^lib/(plan|rest)/',
  '^lib/lifecycle/',
  '^lib/config/',
  '^lib/keystore/',
  '^lib/certificates/',
  '^lib/(addresses|catalogue|engine)/',
  '^lib/(asn1|words|system)/',
  '^lib/(findings|errors|error-codes)\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...layers.slice(1).map((path, index) => ({
      name: `downwards-from-${path.replace(/[^a-z|-]/g, '')}`,
      severity: 'error',
      from: { path },
      to: { path: `(${layers.slice(0, index + 1).join('|')})` },
    })),
    {
      name: 'engine-only-in-constructs',
      comment: 'Terraform bindings stay in constructs and stacks: the command line starts without them.',
      severity: 'error',
      from: { path: '^(cli|lib)/', pathNot: '^lib/(roles|entra|index)' },
      to: { path: 'node_modules/(cdktf|constructs|@cdktf)/' },
    },
    {
      name: 'work-only-in-the-library',
      comment:
        'The command line reads the clock, asks, prints and exits: what touches files, keys, processes or the network is done below.',
      severity: 'error',
      from: { path: '^(main\\.ts|cli/)', pathNot: '^cli/shell/' },
      to: { path: '^(node:)?(fs|child_process|crypto|net|tls|https?|http2|dns|dgram)(/|$)|node_modules/undici/' },
    },
    {
      name: 'no-emulators-in-the-product',
      severity: 'error',
      from: { path: '^(main\\.ts|cli|stacks|lib)' },
      to: { path: '^(emulators|demo|test|bench|examples)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};

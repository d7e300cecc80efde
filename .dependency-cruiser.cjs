/**
 * Imports point downwards only: programs, stacks, constructs, lifecycle, configuration, keystore, certificates, and at
 * the bottom addresses, catalogue, findings and errors.
 */
const layers = [
  '^(main\\.ts|cli/)',
  '^stacks/',
  '^lib/(roles|portal|data-cloud)/',
  '^lib/entra/',
  '^lib/(report|review|install)/',
  '^lib/lifecycle/',
  '^lib/config/',
  '^lib/keystore/',
  '^lib/certificates/',
  '^lib/(addresses|catalogue|engine)/',
  '^lib/(findings|errors|error-codes|instant|lists)\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
      from: { path: '^(cli|lib)/', pathNot: '^lib/(roles|portal|data-cloud|entra|index)' },
      to: { path: 'node_modules/(cdktf|constructs|@cdktf)/' },
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

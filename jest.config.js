/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }] },
  // age-encryption and what it is made of are published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(age-encryption|@noble|@scure)/)'],
  moduleNameMapper: {
    '^cdktf-vb365$': '<rootDir>/lib/index.ts',
    '^cdktf-vb365/stacks$': '<rootDir>/stacks/index.ts',
    '^cdktf-vb365/([a-z]+)$': '<rootDir>/lib/$1/index.ts',
    // Published as ES modules, with bundles beside them that need no transformation.
    '^@observablehq/plot$': '<rootDir>/node_modules/@observablehq/plot/dist/plot.umd.min.js',
    '^d3@7\\.9\\.0/dist/d3\\.min\\.js$': '<rootDir>/node_modules/d3/dist/d3.min.js',
    // A dynamic import names the compiled file, as Node wants it.
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['<rootDir>/test/support/reuse-keys.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  testSequencer: '<rootDir>/test/support/slow-first.cjs',
  // End-to-end tests mostly wait for Terraform.
  maxWorkers: 6,
  // For what hangs alone: how long something takes depends on what else the machine does.
  testTimeout: 600_000,
};

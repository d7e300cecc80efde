import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import manifest from '../package.json';

const root = join(__dirname, '..');
const folder = join(root, 'docs', 'api');

/** What programs may import, entry by entry, so that a change of it shows in a review; with `--check`, says what is stale. */
function report(check: boolean): void {
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(tmpdir(), 'vb365-api-'));
  try {
    for (const [entry, target] of Object.entries(manifest.exports)) {
      if (typeof target === 'string') continue;
      const name = entry === '.' ? 'constructs' : entry.slice('./'.length);
      const config = ExtractorConfig.prepare({
        configObject: {
          projectFolder: root,
          mainEntryPointFilePath: join(root, target.types),
          newlineKind: 'lf',
          compiler: { tsconfigFilePath: join(root, 'tsconfig.build.json') },
          apiReport: {
            enabled: true,
            reportFolder: folder,
            reportTempFolder: temporary,
            reportFileName: `${name}.api.md`,
          },
          docModel: { enabled: false },
          dtsRollup: { enabled: false },
          messages: {
            compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
            extractorMessageReporting: {
              default: { logLevel: ExtractorLogLevel.Error },
              // Everything here is public.
              'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
              // Types that a signature names and nobody needs to write down.
              'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
              'ae-undocumented': { logLevel: ExtractorLogLevel.Error },
              'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
            },
            // Docstrings are for people and editors: `@throws` and `@default` stand as they are.
            tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          },
        },
        configObjectFullPath: undefined,
        packageJsonFullPath: join(root, 'package.json'),
      });
      const { apiReportChanged, errorCount } = Extractor.invoke(config, { localBuild: !check });
      if (apiReportChanged) process.stdout.write(`${check ? 'stale' : 'wrote'} docs/api/${name}.api.md\n`);
      if (errorCount > 0 || (check && apiReportChanged)) process.exitCode = 1;
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

report(process.argv.includes('--check'));

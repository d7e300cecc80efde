import type { Command } from 'commander';
import type { Finding } from '../../lib/findings';
import type { RenderedReport } from '../../lib/report/page';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  fileOption,
  now,
} from '../shell/command-options';
import { pathFrom, withPathsFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printNote, printResult, type Terminal } from '../shell/terminal';

interface ReportCommandOptions extends ConfigOption, AtOption {
  readonly out: string;
  readonly force?: boolean;
}

export function addReportCommand(program: Command, runner: Runner): void {
  program
    .command('report')
    .description('Write one page of HTML: a time line of every certificate, a map, usage scenarios, and what to do.')
    .addOption(configOption())
    .addOption(atOption())
    .addOption(fileOption('--out <file>', 'where to write it; - is standard output').default('report.html'))
    .option('--force', 'write it over a file that is no report')
    .addHelpText(
      'after',
      `
The page stands alone: it loads nothing, holds no secret, and can be mailed, printed or put on a web server.
It is written over an earlier report, and over nothing else. Exit code 0 whatever the report says: "vb365 status" judges.

Example:
  $ vb365 report --out report.html`,
    )
    .action(runner(report));
}

async function report(terminal: Terminal, options: ReportCommandOptions): Promise<ExitCode> {
  const { isReport } = await import('../../lib/report/page.js');
  const { exposedDocuments } = await import('../shell/exposed-files.js');
  const { writeGenerated } = await import('../shell/write-generated.js');

  const rendered = await render(terminal, options);
  if (options.out === '-') {
    terminal.stdout.write(rendered.page);
    printNote(terminal, `Wrote the report: ${summaryOf(rendered)}`);
    return 0;
  }
  const file = writeGenerated(terminal, options.out, rendered.page, isReport, options.force === true);
  printResult(terminal, `Wrote ${pathFrom(terminal.cwd(), file)}: ${summaryOf(rendered)}`);
  printFindings(terminal, exposedDocuments([file]));
  return 0;
}

async function render(terminal: Terminal, options: ReportCommandOptions): Promise<RenderedReport> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { judgeAll } = await import('../../lib/lifecycle/judge-all.js');
  const { statusRows } = await import('../../lib/lifecycle/status.js');
  const { waitingRequests } = await import('../../lib/lifecycle/import/waiting-requests.js');
  const { renderReport } = await import('../../lib/report/page.js');

  const configuration = readConfiguration(configurationFile(options, terminal));
  const keystore = new Keystore(configuration.keystore);
  const at = now(options);
  const judged = judgeAll(lineagesOf(configuration), keystore, at);
  const rows = judged.lineages.flatMap((lineage) => statusRows(lineage, at));
  const findings = judged.findings.map((finding) => asSeenFrom(terminal.cwd(), finding));
  const requests = waitingRequests(
    judged.lineages.map(({ declaration }) => declaration.name),
    keystore.folder,
  );
  return renderReport({ configuration, rows, findings, requests, at });
}

/** Others read the report: the folders of whoever made it are none of their business. */
function asSeenFrom(folder: string, finding: Finding): Finding {
  return {
    ...finding,
    message: withPathsFrom(folder, finding.message),
    cure: withPathsFrom(folder, finding.cure),
  };
}

function summaryOf({ certificates, attention }: RenderedReport): string {
  const count = `${certificates} ${certificates === 1 ? 'certificate' : 'certificates'}`;
  return `${count}, ${attention === 0 ? 'none needs' : attention === 1 ? '1 needs' : `${attention} need`} attention.`;
}

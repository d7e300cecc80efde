import type { Command } from 'commander';
import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import type { SearchedLineage } from '../../lib/lifecycle/explain/certificate';
import type { Installed } from '../../lib/lifecycle/explain/steps';
import type { ExplanationContext } from '../../lib/lifecycle/explain/explain';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  jsonOption,
  now,
} from '../shell/command-options';
import { readMessage } from '../steps/read-message';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printJson, printLine, printNote, type Terminal } from '../shell/terminal';

interface ExplainCommandOptions extends ConfigOption, AtOption {
  readonly json?: boolean;
}

/** As many explanations as a person reads; `--json` has all. */
const MOST_SHOWN = 20;

export function addExplainCommand(program: Command, runner: Runner): void {
  program
    .command('explain')
    .description(
      'Explain an error of Entra, Microsoft Graph, Windows or Terraform: which certificate it is about, why, and what to do.',
    )
    .argument('[message...]', 'message with an error or a thumbprint; without it, or with -, standard input')
    .addOption(configOption())
    .addOption(atOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Takes a line, the JSON of an answer, or a log of any length, and repeats nothing of it but codes, thumbprints, ids and redirect URIs.
Looks thumbprints up in the keystore: SHA-1 or SHA-256, in hex or base64. Without a configuration, codes are still explained.
Exit code 1 when the text has no code that is explained, and no certificate of the keystore.

Example:
  $ vb365 explain "AADSTS700027: … Thumbprint of key used by client: '0F3A…'"
  $ Get-Content Veeam.log | vb365 explain`,
    )
    .action(runner(explainCommand));
}

async function explainCommand(
  terminal: Terminal,
  message: readonly string[],
  options: ExplainCommandOptions,
): Promise<ExitCode> {
  const { Explainer } = await import('../../lib/lifecycle/explain/explain.js');

  const context = await readContext(terminal, options);
  const explainer = new Explainer(context, now(options));
  for await (const piece of readMessage(terminal, message)) explainer.add(piece);
  const explanations = explainer.explanations();
  if (explainer.hasLeftOut)
    printNote(terminal, 'The log has more different errors than are told: the first are explained.');
  if (options.json === true) {
    printJson(terminal, explanations);
  } else if (explanations.length === 0) {
    printNote(terminal, 'The text holds no error that is known by its code or name, and no thumbprint.');
  } else {
    const { explanationText } = await import('../tables/explanation-text.js');
    const shown = explanations.slice(0, MOST_SHOWN).map(explanationText).join('\n\n');
    for (const line of shown.split('\n')) printLine(terminal, line);
    const more = explanations.length - MOST_SHOWN;
    if (more > 0) printNote(terminal, `And ${more} more, which --json shows.`);
  }
  return explanations.some(({ known }) => known) ? 0 : 1;
}

/** Undefined where there is no configuration, or a bad one: a code can be explained without. One that is named must be good. */
async function readContext(
  terminal: Terminal,
  options: ExplainCommandOptions,
): Promise<ExplanationContext | undefined> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  try {
    const configuration = readConfiguration(configurationFile(options, terminal));
    return { configuration, lineages: await readLineages(configuration), installed: await installedBy(configuration) };
  } catch (error) {
    if (!(error instanceof Vb365Error) || options.config !== undefined) throw error;
    const { code: id, message, cure } = error;
    printFindings(terminal, [
      { id, severity: 'warning', subject: 'keystore', message: `certificates are not looked up: ${message}`, cure },
    ]);
    return undefined;
  }
}

/** What `vb365 install` would do for a lineage, where the configuration says how. */
async function installedBy(configuration: Configuration): Promise<Installed> {
  const { planInstallation } = await import('../../lib/install/installation-plan.js');
  return (declaration) => {
    try {
      const { target, way } = planInstallation(configuration, declaration);
      return way === 'bundle'
        ? `write the files with which a person installs it on ${target}`
        : `install it on ${target}`;
    } catch (error) {
      if (error instanceof Vb365Error) return undefined;
      throw error;
    }
  };
}

async function readLineages(configuration: Configuration): Promise<SearchedLineage[]> {
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { readGenerations } = await import('../../lib/lifecycle/read-generations.js');
  const keystore = new Keystore(configuration.keystore);
  const declared = new Map(lineagesOf(configuration).map((declaration) => [declaration.name, declaration]));
  const names = new Set([...declared.keys(), ...keystore.lineages()]);
  return [...names].map((name) => ({
    name,
    declaration: declared.get(name),
    generations: readGenerations(keystore, name),
  }));
}

import { resolve } from 'node:path';
import type { Configuration } from '../../lib/config/configuration';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import { readKeystoreHistory } from '../../lib/keystore/history';
import type { Generation, Keystore } from '../../lib/keystore/keystore';
import type { ReviewContext } from '../../lib/review/stack/stack-plan';
import { type AtOption, type ConfigOption, configurationFile, now } from '../shell/command-options';
import { pathFrom, withPathsFrom } from '../../lib/words/printable';
import type { Terminal } from '../shell/terminal';
import { ownerOf, roleOf } from '../../lib/catalogue/lineage-name';
import { isThere } from '../../lib/system/look';

export interface ReviewContextOptions extends ConfigOption, AtOption {
  readonly keystore?: string;
}

/** What plans are compared with, and what limits the comparison. */
export interface FoundContext {
  readonly context: ReviewContext;
  /** Undefined where there is none. */
  readonly keystore: Keystore | undefined;
  /** Grows while certificates are looked up: a damaged file is met when it is needed. */
  readonly notes: ReadonlySet<string>;
}

/**
 * Reads the configuration and finds the keystore; neither need be there, unless it is named.
 *
 * @throws Vb365Error as `readConfiguration`; `keystore-missing`, `keystore-not-a-folder`
 */
export async function readReviewContext(terminal: Terminal, options: ReviewContextOptions): Promise<FoundContext> {
  const { CertificateIndex } = await import('../../lib/review/stack/certificate-index.js');

  const notes = new Set<string>();
  const configuration = await readConfigurationIfThere(terminal, options, notes);
  const keystore = await openKeystore(terminal, options, configuration, notes);
  const declarations = await declarationsOf(configuration, keystore, notes);
  const read = keystore && (await readerOf(terminal, keystore, notes));
  const certificates = new CertificateIndex(declarations, (lineage) => read?.(lineage) ?? [], formerNames(keystore));
  return { context: { at: now(options), configuration, certificates }, keystore, notes };
}

/** Git remembers what was retired; it is asked once, where a certificate is not in the keystore. */
function formerNames(keystore: Keystore | undefined): (thumbprint: string) => string | undefined {
  let history: ReturnType<typeof readKeystoreHistory> | undefined;
  return (thumbprint) => {
    if (keystore === undefined) return undefined;
    history ??= readKeystoreHistory(keystore.folder);
    return 'why' in history ? undefined : history.find(thumbprint)?.name;
  };
}

async function readConfigurationIfThere(
  terminal: Terminal,
  options: ConfigOption,
  notes: Set<string>,
): Promise<Configuration | undefined> {
  const file = configurationFile(options, terminal);
  const isNamed = options.config !== undefined || (terminal.env.VB365_CONFIG ?? '') !== '';
  if (!isNamed && !isThere(file)) {
    notes.add(
      'there is no vb365.yaml here: what the plans ask for is not compared with what the configuration declares; name it with "--config"',
    );
    return undefined;
  }
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  return readConfiguration(file);
}

async function openKeystore(
  terminal: Terminal,
  options: ReviewContextOptions,
  configuration: Configuration | undefined,
  notes: Set<string>,
): Promise<Keystore | undefined> {
  const { Keystore } = await import('../../lib/keystore/keystore.js');

  const named = options.keystore === undefined ? undefined : resolve(terminal.cwd(), options.keystore);
  const folder = named ?? configuration?.keystore;
  if (folder !== undefined && isThere(folder)) return new Keystore(folder);
  if (named !== undefined) throw noKeystore(pathFrom(terminal.cwd(), named));
  if (folder !== undefined)
    notes.add(`there is no keystore ${pathFrom(terminal.cwd(), folder)}: no certificate is recognised`);
  return undefined;
}

function noKeystore(folder: string): Vb365Error {
  return new Vb365Error('keystore-missing', {
    subject: folder,
    message: `there is no keystore ${folder}`,
    cure: 'name the folder that holds <owner>/<role>/0001.crt, or leave --keystore out',
  });
}

/** Of the configuration; without one, whatever the keystore holds. */
async function declarationsOf(
  configuration: Configuration | undefined,
  keystore: Keystore | undefined,
  notes: Set<string>,
): Promise<readonly LineageDeclaration[]> {
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { defaultPolicy } = await import('../../lib/config/policy.js');

  if (configuration !== undefined) return lineagesOf(configuration);
  if (keystore === undefined) return [];
  notes.add('dates are judged by the default policy: the keystore does not tell that of the configuration');
  return keystore.lineages().map((name) => {
    const role = roleOf(name) ?? 'entra-application';
    return {
      name,
      owner: ownerOf(name),
      role,
      policy: defaultPolicy,
      profile: { commonName: '', hosts: [] },
      serves: [],
    };
  });
}

/** One damaged file hides its own lineage at most, and is told. */
async function readerOf(
  terminal: Terminal,
  keystore: Keystore,
  notes: Set<string>,
): Promise<(lineage: string) => Generation[]> {
  const { readGenerations } = await import('../../lib/lifecycle/read-generations.js');
  return (lineage) => {
    try {
      return keystore.generations(lineage);
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      const message = withPathsFrom(terminal.cwd(), error.message);
      notes.add(`certificates of ${lineage} may not be recognised, for the keystore is damaged: ${message}`);
      return readGenerations(keystore, lineage);
    }
  };
}

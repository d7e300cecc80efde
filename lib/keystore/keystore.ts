import { readKeystoreText } from '../system/read-file';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../certificates/certificate';
import type { CertificateLineage, PublishedGeneration } from '../certificates/generation';
import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import { parseCrtFile } from './crt-file';
import { errnoOf, fileError, withFileErrors } from '../system/durable-files';
import { judgeKeystore, judgeLineageIn } from './findings/keystore';
import { judgeSharedKeys } from './findings/shared-keys';
import { addGeneration, KEY_ELSEWHERE, type NewGeneration, removeGeneration } from './keystore-writer';
import { generationLabel, parseLineageName } from '../catalogue/lineage-name';
import { type GenerationFiles, lineageFolders, listGenerations } from './listing';
import { isSealed } from './sealing/sealed-text';

/** One certificate of a lineage, with the places of its two files. */
export interface Generation extends PublishedGeneration {
  /** `<owner>/<role>`: `contoso/entra-application`. */
  readonly lineage: string;
  /** From 1; the label in digits. */
  readonly number: number;
  /** Issuers, the leaf's issuer first; without the leaf. */
  readonly chain: readonly Certificate[];
  /** Ids of the findings that a person accepted when the certificate was taken in; sorted. */
  readonly accepted: readonly string[];
  /** When it entered the keystore, by the clock of the command. Older files do not say so. */
  readonly added?: Date | undefined;
  /** Whether its private key is kept elsewhere on purpose: then there is no `keyFile`. @default false */
  readonly keyElsewhere?: boolean;
  /** Absolute path. */
  readonly certificateFile: string;
  /** Absolute path of the sealed private key; undefined where the file is missing. */
  readonly keyFile: string | undefined;
  /** Absolute path of what those say who have opened the private key; undefined where nobody does. `readAttested` reads it. */
  readonly attestationFile?: string | undefined;
}

type ListedGeneration = GenerationFiles & { readonly certificateFile: string };

/** How often to list again when a file was moved between listing and reading. */
const READ_ATTEMPTS = 10;

/**
 * The folder in Git that holds every lineage: `<owner>/<role>/<generation>.crt` beside `<generation>.key.age`.
 *
 * There is no index and no cache: each call lists the folder, which is the truth. Reading needs no secret and no lock.
 * Whoever writes holds the keystore's lock (`withKeystoreLock`); without it a generation is still never lost or halved.
 *
 * @example
 * ```ts
 * import { App, TerraformStack } from 'cdktf';
 * import { RestApiCertificate } from 'cdktf-vb365';
 * import { Keystore } from 'cdktf-vb365/keystore';
 *
 * const stack = new TerraformStack(new App(), 'primary');
 * new RestApiCertificate(stack, 'rest-api', {
 *   hostName: 'vb365.example.com',
 *   lineage: new Keystore('/srv/vb365/keystore').lineage('primary/rest-api'),
 * });
 * ```
 */
export class Keystore {
  constructor(
    /** Absolute path; need not exist yet. */
    readonly folder: string,
  ) {}

  /** Who keys are sealed to: `recipients.txt`. */
  get recipientsFile(): string {
    return join(this.folder, 'recipients.txt');
  }

  /**
   * Names of all lineages that have a generation, in the order of their code units, which is the same in every locale.
   *
   * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
   */
  lineages(): string[] {
    this.#checkFolder();
    return lineageFolders(this.folder).filter((lineage) => this.has(lineage));
  }

  /** Whether the lineage has a generation: one listing of its folder, and no file is read. */
  has(lineage: string): boolean {
    return this.#list(lineage).length > 0;
  }

  /**
   * The generations of a lineage, oldest first; none where the lineage is unknown.
   *
   * @throws Vb365Error `keystore-certificate-unreadable`, `keystore-merge-conflict`, `keystore-key-in-clear`, `lineage-malformed`
   */
  generations(lineage: string): Generation[] {
    return this.#read(lineage, (all) => all);
  }

  /** The newest generation, the only one that is read. @throws Vb365Error as `generations` */
  current(lineage: string): Generation | undefined {
    return this.#read(lineage, (all) => all.slice(-1))[0];
  }

  /**
   * What constructs and stacks take: the name with its certificates, oldest first, and nothing secret.
   *
   * @throws Vb365Error as `generations`
   */
  lineage(name: string): CertificateLineage {
    return { name, generations: this.generations(name) };
  }

  /** Everything that is not as it should be, each with a cure; nothing here throws but an unreadable folder. */
  findings(): Finding[] {
    this.#checkFolder();
    return judgeKeystore(this.folder);
  }

  /**
   * What is so wrong with a lineage that it must be neither published nor added to by anything but its cure: the findings
   * of severity error about its folder, its generations and its request.
   *
   * @throws Vb365Error `lineage-malformed`, `keystore-unreadable`
   */
  damage(lineage: string): Finding[] {
    parseLineageName(lineage);
    return judgeLineageIn(this.folder, lineage).filter(({ severity }) => severity === 'error');
  }

  /**
   * Every generation that can be read, whatever stands beside it; what cannot be is told by `findings`.
   *
   * @param lineages of which. @default all
   * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`, `lineage-malformed`
   */
  readable(lineages: readonly string[] = this.lineages()): Generation[] {
    return lineages.flatMap((lineage) =>
      this.#list(lineage).flatMap((files) => {
        try {
          return [readGeneration(lineage, files)];
        } catch {
          return [];
        }
      }),
    );
  }

  /**
   * What is wrong with keys that serve several lineages: one finding for each lineage, an error where the key must not be in
   * it. `findings` holds these too. Every certificate of the keystore is read; one that cannot be is told by `findings`.
   *
   * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
   */
  sharedKeys(): Finding[] {
    return judgeSharedKeys(this.readable());
  }

  /**
   * Every generation, of any lineage, that has a public key.
   *
   * @param publicKeyHash as `Certificate` has it
   * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
   */
  holdersOf(publicKeyHash: string): Generation[] {
    return this.readable().filter(({ certificate }) => certificate.publicKeyHash === publicKeyHash);
  }

  /**
   * Adds a generation with the number after the highest. Whoever kills the process finds it whole or not at all.
   *
   * @throws Vb365Error `certificate-already-kept`, `key-not-sealed`, `keystore-unwritable`, `keystore-not-a-folder`,
   * `generation-numbers-exhausted`, `lineage-malformed`
   */
  add(lineage: string, generation: NewGeneration): Generation {
    this.#checkFolder();
    this.#refuseKnown(lineage, generation.certificate);
    if (generation.sealedKey !== KEY_ELSEWHERE && !isSealed(generation.sealedKey)) throw notSealed(lineage);
    const number = addGeneration(this.folder, lineage, generation);
    const [added] = this.#read(lineage, (all) => all.filter((files) => files.number === number));
    if (added === undefined) throw unknownGeneration(lineage, number);
    return added;
  }

  /**
   * Removes both files of a generation, or neither.
   *
   * @throws Vb365Error `generation-unknown`, `keystore-unwritable`, `lineage-malformed`
   */
  remove(lineage: string, number: number): void {
    if (!this.#list(lineage).some((files) => files.number === number)) throw unknownGeneration(lineage, number);
    removeGeneration(this.folder, lineage, number);
  }

  #checkFolder(): void {
    const stats = withFileErrors('keystore-unreadable', this.folder, 'look at', () =>
      statSync(this.folder, { throwIfNoEntry: false }),
    );
    if (stats === undefined || stats.isDirectory()) return;
    throw new Vb365Error('keystore-not-a-folder', {
      subject: this.folder,
      message: `the keystore ${this.folder} is a file, not a folder`,
      cure: 'name a folder under "keystore" in vb365.yaml, or move the file away',
    });
  }

  #list(lineage: string): ListedGeneration[] {
    const { owner, segment } = parseLineageName(lineage);
    return listGenerations(join(this.folder, owner, segment)).filter(hasCertificate);
  }

  /** A writer may move a file between listing and reading; then the folder is listed again. */
  #read(lineage: string, select: (all: ListedGeneration[]) => ListedGeneration[], attempt = 1): Generation[] {
    try {
      return select(this.#list(lineage)).map((files) => readGeneration(lineage, files));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' && attempt < READ_ATTEMPTS) return this.#read(lineage, select, attempt + 1);
      throw error instanceof Vb365Error ? error : fileError('keystore-unreadable', lineage, 'read', error);
    }
  }

  #refuseKnown(lineage: string, certificate: Certificate): void {
    // A broken generation is no reason not to replace it.
    const known = this.readable([lineage]).find((kept) => kept.certificate.equals(certificate));
    if (known !== undefined) throw alreadyKept(lineage, known.label, certificate);
  }
}

function hasCertificate(files: GenerationFiles): files is ListedGeneration {
  return files.certificateFile !== undefined;
}

function readGeneration(lineage: string, files: ListedGeneration): Generation {
  const { attestationFile, certificateFile, keyFile, label, number } = files;
  const content = parseCrtFile(readKeystoreText(certificateFile), `${lineage}/${label}.crt`);
  return { lineage, number, label, ...content, certificateFile, keyFile, ...(attestationFile && { attestationFile }) };
}

function alreadyKept(lineage: string, label: string, certificate: Certificate): Vb365Error {
  return new Vb365Error('certificate-already-kept', {
    subject: lineage,
    message: `the certificate ${certificate.thumbprint} is generation ${label} of ${lineage} already`,
    cure: 'nothing needs to be done; to follow it up, issue or import another certificate',
  });
}

function notSealed(lineage: string): Vb365Error {
  return new Vb365Error('key-not-sealed', {
    subject: lineage,
    message: `the private key for ${lineage} is not sealed with age, and only sealed keys enter the keystore`,
    cure: 'seal it with a Sealer first',
  });
}

function unknownGeneration(lineage: string, number: number): Vb365Error {
  return new Vb365Error('generation-unknown', {
    subject: lineage,
    message: `${lineage} has no generation ${generationLabel(number)}`,
    cure: 'name a generation that "vb365 status" lists',
  });
}

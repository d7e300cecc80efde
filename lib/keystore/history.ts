import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { derOf, firstPemBlock } from '../asn1/pem';
import { Vb365Error } from '../errors';
import { GitRepository } from '../system/git-repository';
import { CERTIFICATE_SUFFIX } from './listing';
import { readKeystoreText } from '../system/read-file';
import { decodeText } from '../system/text';

/** A certificate that the keystore has, or had. */
export interface RememberedCertificate {
  /** `contoso/entra-application 0001` */
  readonly name: string;
  /** Whether it still stands there. */
  readonly isKept: boolean;
}

/** What Git's history of a keystore knows. */
export interface KeystoreHistory {
  /** @param thumbprint SHA-1, upper-case hex */
  find(thumbprint: string): RememberedCertificate | undefined;
}

/** Why the history cannot be looked at, as a clause, and what to do about it. */
export interface UnknownHistory {
  readonly why: string;
  readonly cure: string;
}

/**
 * Reads every certificate that a keystore has had in any commit up to `HEAD`: two processes of Git, however many commits
 * there are.
 *
 * @param folder absolute path of the keystore
 */
export function readKeystoreHistory(folder: string): KeystoreHistory | UnknownHistory {
  try {
    const repository = GitRepository.at(folder);
    if (repository.isShallow) return SHALLOW;
    const root = repository.prefix.replace(/\/$/, '');
    const files = repository.everyContent(root).filter(({ path }) => path.endsWith(CERTIFICATE_SUFFIX));
    if (files.length === 0) return UNCOMMITTED;
    const contents = repository.contents(files);
    const paths = new Map(
      files.map(({ path }, index) => [thumbprintIn(decodeText(contents[index] ?? Buffer.alloc(0))), path]),
    );
    return {
      find: (thumbprint) => remembered(thumbprint, paths.get(thumbprint)?.slice(repository.prefix.length), folder),
    };
  } catch (error) {
    if (error instanceof Vb365Error) return { why: error.message, cure: error.cure };
    throw error;
  }
}

const SHALLOW: UnknownHistory = {
  why: 'this clone is shallow',
  cure: 'run "git fetch --unshallow", or clone with the whole history (actions/checkout: fetch-depth: 0), and verify again',
};

const UNCOMMITTED: UnknownHistory = {
  why: 'no commit holds a certificate of the keystore',
  cure: 'commit the keystore, and verify where its history is',
};

/** @param path below the keystore */
function remembered(thumbprint: string, path: string | undefined, folder: string): RememberedCertificate | undefined {
  if (path === undefined) return undefined;
  const file = join(folder, path);
  const isKept = existsSync(file) && thumbprintIn(readKeystoreText(file)) === thumbprint;
  const [label = '', ...lineage] = path.slice(0, -CERTIFICATE_SUFFIX.length).split('/').reverse();
  return { name: `${lineage.reverse().join('/')} ${label}`, isKept };
}

/** Of the first certificate of a text; the others are its issuers. Nothing else of it is read: it may be of any age. */
function thumbprintIn(text: string): string | undefined {
  const block = firstPemBlock(text, 'CERTIFICATE');
  return block && createHash('sha1').update(derOf(block)).digest('hex').toUpperCase();
}

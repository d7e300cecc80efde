import { resolve } from 'node:path';
import type { RestAccount } from '../../lib/rest/account';
import { Certificate } from '../../lib/certificates/certificate';
import { Vb365Error } from '../../lib/errors';
import { fileError } from '../../lib/system/durable-files';
import { givenPassword } from '../shell/password';
import { readUpTo } from '../../lib/system/read-file';
import type { Terminal } from '../shell/terminal';
import { decodeText } from '../../lib/system/text';

/** Where the REST API is, and who signs in to it; a password is never an argument. */
export interface RestAccountOptions {
  readonly server?: string;
  readonly restUsername?: string;
  readonly restPasswordEnv?: string;
  readonly restPasswordFile?: string;
  readonly caFile?: string;
}

/** More than any bundle of certificates of authorities. */
const LARGEST_CA_FILE = 4 * 1024 * 1024;

/** @throws Vb365Error `rest-account-missing`, `ca-file-unreadable`, and those of `givenPassword` */
export function restAccount(terminal: Terminal, options: RestAccountOptions): RestAccount {
  const { restPasswordEnv, restPasswordFile } = options;
  const username = options.restUsername ?? terminal.env.VB365_REST_USERNAME ?? '';
  const given = {
    ...(restPasswordEnv !== undefined && { passwordEnv: restPasswordEnv }),
    ...(restPasswordFile !== undefined && { passwordFile: restPasswordFile }),
  };
  const named = givenPassword(terminal, given, { env: '--rest-password-env', file: '--rest-password-file' });
  const password = named ?? terminal.env.VB365_REST_PASSWORD ?? '';
  if (username !== '' && password !== '') {
    return { username, password, caPem: caFileContent(terminal, options) };
  }
  const missing = [...(username === '' ? ['account'] : []), ...(password === '' ? ['password'] : [])].join(' and ');
  throw new Vb365Error('rest-account-missing', {
    message: `the REST API needs an account and its password, and no ${missing} is given`,
    cure: 'set VB365_REST_USERNAME and VB365_REST_PASSWORD, or give --rest-username and --rest-password-file',
  });
}

/** Content of `--ca-file`. @throws Vb365Error `ca-file-unreadable` where it cannot be read, or holds no certificate */
function caFileContent(terminal: Terminal, { caFile }: RestAccountOptions): string | undefined {
  if (caFile === undefined) return undefined;
  const file = resolve(terminal.cwd(), caFile);
  const text = contentOf(file);
  try {
    if (Certificate.allFromPem(text).length > 0) return text;
  } catch (error) {
    throw withoutCertificates(file, error);
  }
  throw withoutCertificates(file);
}

function contentOf(file: string): string {
  try {
    return decodeText(readUpTo(file, LARGEST_CA_FILE));
  } catch (error) {
    throw fileError('ca-file-unreadable', file, 'read', error);
  }
}

function withoutCertificates(file: string, cause?: unknown): Vb365Error {
  return new Vb365Error('ca-file-unreadable', {
    subject: file,
    message: `${file}, which --ca-file names, does not hold certificates in PEM`,
    cure: 'name a file of certificates of authorities, each between BEGIN CERTIFICATE and END CERTIFICATE',
    cause,
  });
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openssl, testKey } from './openssl';

const AUTHORITY = 'basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign\n';

/** How an authority hands a certificate and its chain out. */
export type AnswerForm = 'der' | 'pkcs7-der' | 'pkcs7-pem';

/** A certification authority of the openssl program: an issuing one with an RSA key, below a root with an EC key. */
export class Authority {
  readonly root: string;
  readonly issuing: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'vb365-authority-'));
  #serial = 16;

  constructor() {
    for (const key of ['ec', 'rsa-3072'] as const) {
      this.#write(`${key}.key`, testKey(key).export({ type: 'pkcs8', format: 'pem' }).toString());
    }
    const extensions = AUTHORITY.trim()
      .split('\n')
      .flatMap((line) => ['-addext', line]);
    const root = ['-key', this.#path('ec.key'), '-subj', '/CN=Test Root', '-days', '3650', ...extensions];
    this.root = openssl(['req', '-x509', '-new', ...root]);
    this.#write('root.crt', this.root);
    const request = openssl(['req', '-new', '-key', this.#path('rsa-3072.key'), '-subj', '/CN=Test Issuing']);
    const extfile = this.#write('authority.ext', AUTHORITY);
    const by = ['-CA', this.#path('root.crt'), '-CAkey', this.#path('ec.key'), '-set_serial', '2'];
    this.issuing = openssl(['x509', '-req', ...by, '-days', '2000', '-extfile', extfile], request);
    this.#write('issuing.crt', this.issuing);
  }

  /** Signs a request, with the extensions that it asks for. PEM. */
  sign(request: string, days = 365): string {
    this.#serial += 1;
    const by = ['-CA', this.#path('issuing.crt'), '-CAkey', this.#path('rsa-3072.key')];
    const more = ['-set_serial', String(this.#serial), '-days', String(days), '-copy_extensions', 'copyall'];
    return openssl(['x509', '-req', ...by, ...more], request);
  }

  /** Certificates in PEM, in another form. */
  convert(form: AnswerForm, ...certificates: readonly string[]): Buffer {
    const files = certificates.map((pem, index) => this.#write(`${index}.crt`, pem));
    const out = this.#path('converted');
    if (form === 'der') openssl(['x509', '-outform', 'DER', '-out', out], certificates[0]);
    else {
      const format = ['-outform', form === 'pkcs7-der' ? 'DER' : 'PEM', '-out', out];
      openssl(['crl2pkcs7', '-nocrl', ...files.flatMap((file) => ['-certfile', file]), ...format]);
    }
    return readFileSync(out);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #write(name: string, text: string): string {
    writeFileSync(this.#path(name), text, { mode: 0o600 });
    return this.#path(name);
  }
}

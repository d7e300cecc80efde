import { createPrivateKey } from 'node:crypto';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from '../../lib/certificates/certificate';
import { readPfx } from '../../lib/certificates/pfx/read';

/** Programs other than ours that write and read PFX files. */
export type Tool = 'openssl' | 'keytool' | 'certtool' | 'pk12util';

/** A folder for the files of one test file, and the tools to work in it. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'pfx-'));

  /** Standard output. @throws Error with the tool's own words where it fails. */
  run(tool: Tool | 'certutil', args: readonly string[]): string {
    const { status, stdout, stderr, error } = this.spawn(tool, args);
    if (error !== undefined || status !== 0) {
      throw new Error(`${tool} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
    }
    return stdout;
  }

  openssl(...args: string[]): string {
    return this.run('openssl', args);
  }

  /** Names of the ciphers and counts, which OpenSSL prints to standard error. */
  opensslInfo(file: string, password: string): string {
    return this.spawn('openssl', ['pkcs12', '-in', file, '-info', '-noout', '-passin', `pass:${password}`]).stderr;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  write(name: string, content: string | Buffer): void {
    writeFileSync(join(this.folder, name), content);
  }

  /**
   * `root`, `issuing` and `leaf`, each a `.key` and a `.crt`, the later signed by the earlier; `all.crt` holds the issuers
   * of the leaf, `other.key` and `other.crt` have nothing to do with it.
   */
  makeChain(): void {
    this.write('authority.cnf', 'basicConstraints=critical,CA:true\n');
    this.selfSigned('root');
    this.issue('issuing', 'root', ['-extfile', 'authority.cnf']);
    this.issue('leaf', 'issuing');
    this.selfSigned('other');
    this.write('all.crt', Buffer.concat([this.read('root.crt'), this.read('issuing.crt')]));
  }

  selfSigned(name: string, newKey = 'rsa:2048', ...more: string[]): void {
    const subject = ['-subj', `/CN=${name}.example.com`, '-days', '30'];
    this.openssl(
      'req',
      '-x509',
      '-newkey',
      newKey,
      ...more,
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      ...subject,
    );
  }

  /** That the file holds `leaf.crt` and `leaf.key`. */
  expectReadable(file: string, password: string | undefined): void {
    const { certificate, privateKey } = readPfx(this.read(file), password);
    expect(certificate.pem).toBe(Certificate.fromPem(this.read('leaf.crt').toString()).pem);
    expect(privateKey.equals(createPrivateKey(this.read('leaf.key')))).toBe(true);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawn(tool: string, args: readonly string[]): SpawnSyncReturns<string> {
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    return spawnSync(tool, args, { cwd: this.folder, encoding: 'utf8', env, input: '' });
  }

  private issue(name: string, issuer: string, extensions: readonly string[] = []): void {
    this.openssl(
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}.example.com`,
    );
    const signing = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-days', '30'];
    this.openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing, ...extensions);
  }
}

/** `it`, or where the tool is missing a skipped test whose name says so. */
export function itWith(tool: Tool): (name: string, test: () => void, timeout?: number) => void {
  const found = spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
  return found
    ? it
    : (name, test) => {
        it.skip(`${name} (skipped: ${tool} is not installed)`, test);
      };
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readKeystoreHistory } from '../../lib/keystore/history';
import { later, noon, selfSigned } from '../support/self-signed';

const LINEAGE = 'contoso/entra-application';

let folder: string;
let keystore: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vb365-history-'));
  keystore = join(folder, 'keystore');
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'x');
  git('config', 'user.email', 'x@example.com');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

function put(path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A certificate that no other call gives. */
let serial = 0;
function certificate(): { readonly pem: string; readonly thumbprint: string } {
  serial += 1;
  return selfSigned({ notBefore: later(noon, serial) });
}

function find(thumbprint: string): unknown {
  const history = readKeystoreHistory(keystore);
  return 'why' in history ? history.why : history.find(thumbprint);
}

describe('readKeystoreHistory', () => {
  it('knows what was deleted, what stands there, and what never did', () => {
    const [gone, kept, never, issuer] = [certificate(), certificate(), certificate(), certificate()];
    const file = put(`keystore/${LINEAGE}/0001.crt`, `Lineage: x\n\n${gone.pem}\n${issuer.pem}\n`);
    put(`keystore/${LINEAGE}/0002.crt`, kept.pem);
    put('elsewhere/0001.crt', never.pem);
    commit('issued');
    rmSync(file);
    expect(find(gone.thumbprint)).toEqual({ name: `${LINEAGE} 0001`, isKept: false });
    commit('retired');
    expect(find(gone.thumbprint)).toEqual({ name: `${LINEAGE} 0001`, isKept: false });
    expect(find(kept.thumbprint)).toEqual({ name: `${LINEAGE} 0002`, isKept: true });
    expect([never, issuer].map(({ thumbprint }) => find(thumbprint))).toEqual([undefined, undefined]);
  });

  it('knows what a branch brought and took away again before it was merged', () => {
    const [old, gone] = [certificate(), certificate()];
    put(`keystore/${LINEAGE}/0001.crt`, old.pem);
    commit('issued');
    git('switch', '--quiet', '--create', 'branch');
    const file = put(`keystore/${LINEAGE}/0002.crt`, gone.pem);
    commit('renewed');
    rmSync(file);
    commit('retired');
    git('switch', '--quiet', 'main');
    put('README.md', 'x');
    commit('another');
    git('merge', '--quiet', '--no-ff', '--no-edit', 'branch');
    expect(find(gone.thumbprint)).toEqual({ name: `${LINEAGE} 0002`, isKept: false });
  });

  it('knows a number that another certificate has taken', () => {
    const [old, next] = [certificate(), certificate()];
    put(`keystore/${LINEAGE}/0001.crt`, old.pem);
    commit('issued');
    put(`keystore/${LINEAGE}/0001.crt`, next.pem);
    commit('issued anew');
    expect(find(old.thumbprint)).toEqual({ name: `${LINEAGE} 0001`, isKept: false });
    expect(find(next.thumbprint)).toEqual({ name: `${LINEAGE} 0001`, isKept: true });
  });

  it('takes a keystore that is a repository of its own, and names that need quotes', () => {
    const gone = certificate();
    keystore = folder;
    const file = put('contöso [x]/entra-application/0001.crt', gone.pem);
    commit('issued');
    rmSync(file);
    expect(find(gone.thumbprint)).toEqual({ name: 'contöso [x]/entra-application 0001', isKept: false });
  });

  it('says why it could not look', () => {
    const kept = certificate();
    put(`keystore/${LINEAGE}/0001.crt`, kept.pem);
    expect(find(kept.thumbprint)).toBe('no commit holds a certificate of the keystore');
    commit('issued');
    const clone = join(folder, 'clone');
    git('clone', '--quiet', '--depth=1', `file://${folder}`, clone);
    keystore = join(clone, 'keystore');
    expect(find(kept.thumbprint)).toBe('this clone is shallow');
    renameSync(join(clone, '.git'), join(clone, 'git'));
    rmSync(join(folder, '.git'), { recursive: true });
    expect(find(kept.thumbprint)).toMatch(/is not inside the work tree of a Git repository/);
  });
});

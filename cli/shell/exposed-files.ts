import type { ErrorCode } from '../../lib/error-codes';
import type { Finding } from '../../lib/findings';
import { type Exposure, exposedToGit } from '../../lib/system/git-exposure';

const INSIDE: ErrorCode = 'output-inside-repository';

/** Files with a private key or a password that Git would take in. */
export function exposedSecrets(files: readonly string[]): Finding[] {
  return [...exposedToGit(files)].map(([file, exposure]) => ({
    ...{ id: INSIDE, severity: 'advice', subject: file },
    ...SECRET[exposure](file),
  }));
}

const SECRET: Readonly<Record<Exposure, (file: string) => Pick<Finding, 'message' | 'cure'>>> = {
  untracked: (file) => ({
    message: `${file} lies inside a Git work tree and no .gitignore names it: a careless "git add" publishes it`,
    cure: 'name it in .gitignore, or move it to where only its user finds it',
  }),
  tracked: (file) => ({
    message: `${file} is tracked by Git: a careless "git commit --all" publishes it`,
    cure: 'run "git rm --cached" on it and name it in .gitignore; where a commit has it, renew the lineage',
  }),
};

/** A report, a review or plans, which name tenants and servers; whoever has them tracked wants them in Git. */
export function exposedDocuments(files: readonly string[]): Finding[] {
  const names = [...exposedToGit(files)].flatMap(([file, exposure]) => (exposure === 'untracked' ? [file] : []));
  return names.map((file) => ({
    ...{ id: INSIDE, severity: 'advice', subject: file },
    message: `${file} names tenants and servers, lies inside a Git work tree, and no .gitignore names it: a careless "git add" publishes it`,
    cure: 'name it in .gitignore, as "vb365 init" does with what is made here, or move it',
  }));
}

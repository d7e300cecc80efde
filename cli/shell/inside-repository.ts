import type { ErrorCode } from '../../lib/error-codes';
import type { Finding } from '../../lib/findings';

/** For a file with a private key or a password. */
export function insideRepository(file: string): Finding {
  const id: ErrorCode = 'output-inside-repository';
  return {
    id,
    severity: 'advice',
    subject: file,
    message: `${file} lies inside a Git work tree, where a careless "git add" publishes it`,
    cure: 'move it to where only its user finds it, or see that .gitignore names it',
  };
}

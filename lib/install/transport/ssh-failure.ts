import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import { excerpt } from '../../words/excerpt';
import type { SshTarget } from './ssh-target';

interface Failure {
  readonly code: ErrorCode;
  readonly says: RegExp;
  readonly why: string;
  readonly cure: (target: SshTarget) => string;
}

/** What the client says (OpenSSH, sshconnect.c and sshconnect2.c), the most telling first. */
const FAILURES: readonly Failure[] = [
  {
    code: 'ssh-host-key-changed',
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key .*has changed|REVOKED HOST KEY/i,
    why: 'shows another host key than the one that is known',
    cure: (target) =>
      `find out why: it may be a new server, or somebody in between. Where the new key is right, run "ssh-keygen -R ${knownName(target)}" and add it anew`,
  },
  {
    code: 'ssh-host-key-unknown',
    says: /Host key verification failed|No \S+ host key is known/i,
    why: 'shows a host key that is not known here',
    cure: (target) =>
      `run "${scan(target)}", compare the fingerprint ("ssh-keygen -lf -") with what "ssh-keygen -lf" shows for the key on the server, and add the line to known_hosts`,
  },
  {
    code: 'ssh-access-denied',
    says: /Permission denied|Too many authentication failures|no mutual signature|Access denied/i,
    why: 'does not let this account in',
    cure: ({ host }) =>
      `see that "ssh ${host}" works without a password: a key that the agent holds here, and its public half in authorized_keys there (administrators_authorized_keys for administrators on Windows)`,
  },
];

/** Whoever ends the connection without a word we know could not be reached. */
export function sshFailure(target: SshTarget, stderr: string): Vb365Error {
  const known = FAILURES.find(({ says }) => says.test(stderr));
  const said = excerpt(stderr);
  const host = target.port === undefined ? target.host : `${target.host}, port ${target.port},`;
  if (known !== undefined) {
    return new Vb365Error(known.code, {
      subject: target.host,
      message: `${host} ${known.why}: ${said}`,
      cure: known.cure(target),
    });
  }
  return new Vb365Error('ssh-unreachable', {
    subject: target.host,
    message: `no SSH connection to ${host} could be made or kept${said === '' ? '' : `: ${said}`}`,
    cure: 'check the name, the port, the firewall and that the SSH server runs there, and install again: nothing is done twice',
  });
}

/** As known_hosts names it. */
function knownName({ host, port }: SshTarget): string {
  return port === undefined || port === 22 ? host : `[${host}]:${port}`;
}

function scan({ host, port }: SshTarget): string {
  return `ssh-keyscan ${port === undefined ? '' : `-p ${port} `}${host}`;
}

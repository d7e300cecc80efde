import { Vb365Error } from '../../errors';
import { shown } from '../../words/shown';

/** A server as the system's SSH client takes it. */
export interface SshTarget {
  /** Host name, address, or name of a section of the client's configuration. */
  readonly host: string;
  /** @default what the client's configuration says */
  readonly user?: string;
  /** @default what the client's configuration says */
  readonly port?: number;
}

/**
 * What starts with a hyphen would be an option of the client; the rest is what no host and no account has.
 *
 * @throws Vb365Error `ssh-target-invalid`
 */
export function checkTarget({ host, user, port }: SshTarget): void {
  if (!/^[A-Za-z0-9_:][A-Za-z0-9._:-]{0,252}$/.test(host)) throw invalidTarget('host', host);
  if (user !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.@\\+$-]{0,255}$/.test(user)) throw invalidTarget('user', user);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) throw invalidTarget('port', port);
}

function invalidTarget(part: string, value: string | number): Vb365Error {
  return new Vb365Error('ssh-target-invalid', {
    subject: `install.ssh.${part}`,
    message: `the ${part} ${shown(value)} is none that the SSH client could be given`,
    cure: 'give a host name or an address, a user name, and a port between 1 and 65535',
  });
}

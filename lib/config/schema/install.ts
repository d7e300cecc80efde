import { z } from 'zod';
import { parseHostName } from '../../addresses/host-name';
import { text } from './fields';
import { parseUserName } from './values';

const VIA = 'How a deployment puts the certificates where they are used. Without it, nothing is installed.';

const ssh = z
  .strictObject({
    host: text(parseHostName).optional().describe('Default: that of the server.'),
    user: text(parseUserName).optional().describe("Default: as the SSH client's own configuration says."),
    port: z.int().min(1).max(65_535).optional().describe('Default: 22.'),
  })
  .describe('The SSH server of the machine; the host key must be known to the SSH client.');

export const installationInstallSchema = z
  .strictObject({
    via: z.enum(['local', 'ssh']).describe(`${VIA} local: PowerShell on this machine. ssh: PowerShell on the server.`),
    ssh: ssh.optional(),
  })
  .meta({ if: { properties: { via: { const: 'local' } } }, then: { not: { required: ['ssh'] } } });

export const organizationInstallSchema = z.strictObject({
  via: z
    .enum(['local', 'ssh', 'rest'])
    .describe(`${VIA} local, ssh: PowerShell, as the installation says. rest: the REST API of the installation.`),
});

export type InstallInput = z.output<typeof installationInstallSchema>;

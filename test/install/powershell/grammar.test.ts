import { roles } from '../../../lib/catalogue/roles';
import { BOOTSTRAP } from '../../../lib/install/powershell/bootstrap';
import { bundleScript } from '../../../lib/install/powershell/bundle-script';
import { describeWithPowershell, type ReadScript } from '../../support/powershell-reader';
import { BUNDLED, FACTS, scriptFor } from './scripts';

/**
 * Cmdlets of Veeam.Archiver.PowerShell with the parameters that are used of them.
 *
 * Source: https://helpcenter.veeam.com/docs/vbo365/powershell/<cmdlet in lower case>.html
 */
const VEEAM: Readonly<Record<string, readonly string[]>> = {
  'Connect-VBOServer': ['Server', 'Port', 'Credential'],
  'Disconnect-VBOServer': [],
  'Get-VBOSecuritySettings': [],
  'Set-VBOSecuritySettings': ['CertificateFilePath', 'CertificatePassword', 'Force'],
  'Get-VBORestAPISettings': [],
  'Set-VBORestAPISettings': ['EnableService', 'HTTPSPort', 'CertificateFilePath', 'CertificatePassword'],
  'Get-VBOTenantAuthenticationSettings': [],
  'Set-VBOTenantAuthenticationSettings': ['EnableAuthentication', 'CertificateFilePath', 'CertificatePassword'],
  'Get-VBOOperatorAuthenticationSettings': [],
  'Set-VBOOperatorAuthenticationSettings': ['EnableAuthentication', 'CertificateFilePath', 'CertificatePassword'],
  'Get-VBORestorePortalSettings': [],
  'Set-VBORestorePortalSettings': [
    'EnableService',
    'ApplicationId',
    'Region',
    'PortalUri',
    'CertificateFilePath',
    'CertificatePassword',
  ],
  'Get-VBOOrganization': [],
  'Set-VBOOrganization': [
    'Organization',
    'Office365ExchangeConnectionsSettings',
    'Office365SharePointConnectionsSettings',
  ],
  'New-VBOOffice365ApplicationOnlyConnectionSettings': [
    'ApplicationId',
    'ApplicationCertificatePath',
    'ApplicationCertificatePassword',
    'ImpersonationAccountName',
    'OfficeOrganizationName',
    'SharePointSaveAllWebParts',
  ],
  'Get-VBOBackupApplication': ['Organization'],
  'Set-VBOBackupApplication': ['BackupApplication', 'ApplicationCertificatePath', 'ApplicationCertificatePassword'],
};

/** Cmdlets of the module PKI, which PowerShell has on Windows only. Source: https://learn.microsoft.com/powershell/module/pki */
const PKI: Readonly<Record<string, readonly string[]>> = {
  'Import-Certificate': ['FilePath', 'CertStoreLocation'],
  'Import-PfxCertificate': ['FilePath', 'CertStoreLocation', 'Password', 'Exportable'],
};

const DOCUMENTED = { ...VEEAM, ...PKI };

/** Pipelines that have one of the texts in them. */
function pipelinesWith({ commands }: ReadScript, texts: readonly string[]): string[] {
  return commands.map(({ pipeline }) => pipeline).filter((pipeline) => texts.some((text) => pipeline.includes(text)));
}

/** Commands that are nowhere documented, and parameters that the others do not have. */
function unknownParts({ commands, functions }: ReadScript): string[] {
  return commands.flatMap(({ name, parameters, known }) => {
    if (name === null || functions.includes(name)) return [];
    const allowed = DOCUMENTED[name] ?? known;
    if (allowed === null) return [name];
    return parameters.filter((parameter) => !allowed.includes(parameter)).map((parameter) => `${name} -${parameter}`);
  });
}

describeWithPowershell('what PowerShell reads', (read) => {
  const everyScript = {
    ...Object.fromEntries(Object.keys(FACTS).map((name) => [`installScript for ${name}`, () => scriptFor(name)])),
    bundleScript: () => bundleScript(BUNDLED),
    BOOTSTRAP: () => BOOTSTRAP,
  };

  it.each(Object.entries(everyScript))('%s is PowerShell, of commands and parameters that exist', async (_, script) => {
    const found = await read(script());
    expect(found.faults).toEqual([]);
    expect(found.commands).not.toEqual([]);
    expect(unknownParts(found)).toEqual([]);
  });

  it.each([
    ['rest-api', '-HTTPSPort', '-HttpsPorts', 'Set-VBORestAPISettings -HttpsPorts'],
    ['rest-api', '-EscapeHandling', '-Escape', 'ConvertTo-Json -Escape'],
    ['rest-api', 'Import-Module', 'Import-Modul', 'Import-Modul'],
    ['restore-portal', 'PortalUri =', 'PortalUrl =', 'Set-VBORestorePortalSettings -PortalUrl'],
    ['restore-portal', '@portal', '@portals', 'Set-VBORestorePortalSettings -@portals'],
    [
      'entra-application',
      '$same.OfficeOrganizationName',
      '$same.Organization',
      'New-VBOOffice365ApplicationOnlyConnectionSettings -Organization',
    ],
  ])('installScript for %s would be found out with %s as %s', async (name, right, wrong, part) => {
    expect(unknownParts(await read(scriptFor(name).replace(right, wrong)))).toEqual([part]);
  });

  it('tells the line of what is no PowerShell', async () => {
    expect((await read('$x = 1\nif (')).faults).toEqual([expect.stringMatching(/^2: /)]);
  });

  it.each([
    'server',
    'rest-api',
    'tenant-authentication',
    'restore-operator-authentication',
    'restore-portal',
  ] as const)('installScript for %s uses the cmdlets that the catalogue names', async (role) => {
    const names = (await read(scriptFor(role))).commands.map((command) => command.name);
    expect(names).toEqual(expect.arrayContaining([roles[role].setCmdlet, roles[role].getCmdlet]));
  });

  it('installScript removes the PFX and the password at the end, whatever happens', async () => {
    const [last] = (await read(scriptFor('server'))).finally;
    expect(last).toContain('Remove-Item -LiteralPath $folder -Recurse -Force');
    expect(last).toContain('$Password.Dispose()');
    expect(last).toContain('[Array]::Clear($Pfx');
  });

  it('bundleScript gives no cmdlet the password as text, which logs would keep', async () => {
    const found = await read(bundleScript([]));
    expect(pipelinesWith(found, ['$password', '$PasswordFile', 'ReadAllLines'])).toEqual([]);
  });

  it('BOOTSTRAP gives no cmdlet the envelope or anything of it, which logs would keep', async () => {
    const secrets = ['$input', '$envelope', '$part', '$password', '$arguments'];
    expect(pipelinesWith(await read(BOOTSTRAP), secrets)).toEqual([]);
  });

  it('BOOTSTRAP would be found out if it gave a cmdlet something of it', async () => {
    const secrets = ['$input', '$envelope'];
    const piped = BOOTSTRAP.replace('$envelope = @{}', "$envelope = @($input) -join '' | ConvertFrom-Json");
    const given = BOOTSTRAP.replace('$envelope = @{}', '$x = ConvertTo-SecureString -String $envelope.password');
    expect(pipelinesWith(await read(piped), secrets).join()).toContain('ConvertFrom-Json');
    expect(pipelinesWith(await read(given), secrets).join()).toContain('ConvertTo-SecureString');
  });
});

import { roles } from '../../../lib/catalogue/roles';
import { BOOTSTRAP, envelopeLine, powershellArguments } from '../../../lib/install/powershell/bootstrap';
import { bundleScript } from '../../../lib/install/powershell/bundle-script';
import { installScript } from '../../../lib/install/powershell/install-script';
import type { RoleFacts } from '../../../lib/install/powershell/role-steps';
import { parsePowershell } from '../../support/powershell';
import { selfSigned } from '../../support/self-signed';

const CLIENT = '22b5dd21-5ccf-4696-8482-eda0a1c7d32b';
const THUMBPRINTS = ['A'.repeat(40), 'B'.repeat(40)];
const portal = { role: 'restore-portal', region: 'Worldwide', webAddress: 'https://portal.example.com:4443' } as const;
const certificate = selfSigned();

const FACTS: Readonly<Record<string, RoleFacts>> = {
  server: { role: 'server' },
  'rest-api': { role: 'rest-api' },
  'tenant-authentication': { role: 'tenant-authentication' },
  'restore-operator-authentication': { role: 'restore-operator-authentication' },
  'restore-portal': portal,
  'restore-portal with its application': { ...portal, clientId: CLIENT },
  'entra-application': { role: 'entra-application', clientId: CLIENT, thumbprints: THUMBPRINTS },
  'entra-application of an unknown application': { role: 'entra-application', thumbprints: THUMBPRINTS },
  'backup application': { role: 'backup-application', clientId: CLIENT },
};

const STORES = ['Personal', 'Trusted Root Certification Authorities'] as const;

function scriptFor(name: string): string {
  return installScript({ lineage: "pri'mary/x", certificate, facts: FACTS[name]!, stores: STORES });
}

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

/** Cmdlets of PowerShell 7 itself, and of its module PKI for Windows. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  'ConvertTo-Json': ['Compress', 'EscapeHandling'],
  'ForEach-Object': [],
  'Get-ChildItem': ['LiteralPath', 'Directory', 'Filter'],
  'Get-Date': [],
  'Import-Certificate': ['FilePath', 'CertStoreLocation'],
  'Import-Module': ['Name'],
  'Import-PfxCertificate': ['FilePath', 'CertStoreLocation', 'Password', 'Exportable'],
  'Join-Path': [],
  'Out-Null': [],
  'Read-Host': ['Prompt', 'AsSecureString'],
  'Remove-Item': ['LiteralPath', 'Recurse', 'Force', 'ErrorAction', 'Confirm', 'WhatIf'],
  'Select-Object': ['Last'],
  'Set-StrictMode': ['Off'],
  'Test-Path': ['LiteralPath'],
  'Where-Object': [],
  'Write-Verbose': [],
  'Write-Warning': [],
};

const ALLOWED = { ...VEEAM, ...BUILT_IN };

/** Hashtables that are splatted, each with the cmdlet that takes it. */
const SPLATTED: Readonly<Record<string, string>> = {
  portal: 'Set-VBORestorePortalSettings',
  same: 'New-VBOOffice365ApplicationOnlyConnectionSettings',
  connections: 'Set-VBOOrganization',
};

/** Commands, and the pipelines that they stand in, which have one of the variables in them. */
async function commandsWith(script: string, variables: readonly string[]): Promise<string[]> {
  const { root } = await parsePowershell(script);
  const isGiven = (text: string): boolean => variables.some((one) => text.includes(one));
  const chains = root.descendantsOfType('pipeline_chain').filter((one) => one.text.includes('|'));
  const commands = root.descendantsOfType('command');
  return [...commands, ...chains].flatMap((one) => (isGiven(one.text) ? [one.text] : []));
}

/** What is not in the tables: unknown commands, and unknown parameters of known ones. */
async function unknownParts(script: string): Promise<string[]> {
  const { commands, functions } = await parsePowershell(script);
  return commands.flatMap(({ name, parameters }) => {
    // An expression that is called is a variable: `& $script`, `. Read-Current`.
    if (functions.includes(name) || name.startsWith('$')) return [];
    const known = ALLOWED[name];
    if (known === undefined) return [name];
    return parameters.filter((parameter) => !known.includes(parameter)).map((parameter) => `${name} -${parameter}`);
  });
}

describe('installScript', () => {
  it.each(Object.keys(FACTS))('for %s is PowerShell, of commands and parameters that exist', async (name) => {
    const script = scriptFor(name);
    expect((await parsePowershell(script)).faults).toEqual([]);
    expect(await unknownParts(script)).toEqual([]);
  });

  it('would be found out if it named a parameter that there is not', async () => {
    const script = scriptFor('rest-api').replace('-HTTPSPort', '-HttpsPorts').replace('Import-Module', 'Import-Modul');
    expect(await unknownParts(script)).toEqual(['Import-Modul', 'Set-VBORestAPISettings -HttpsPorts']);
    expect((await parsePowershell(scriptFor('server').replace('try {', 'try ('))).faults).not.toEqual([]);
  });

  it.each(Object.keys(FACTS))('for %s splats only parameters that the cmdlet has', (name) => {
    const script = scriptFor(name);
    for (const [variable, cmdlet] of Object.entries(SPLATTED)) {
      const literals = [...script.matchAll(new RegExp(`\\$${variable} = @\\{([^}]*)\\}`, 'g'))].map(([, body]) => body);
      const inside = literals.flatMap((body) => [...(body ?? '').matchAll(/(\w+) = /g)].map(([, key]) => key));
      const added = [...script.matchAll(new RegExp(`\\$${variable}\\.(\\w+) = `, 'g'))].map(([, key]) => key);
      for (const key of [...inside, ...added]) expect(VEEAM[cmdlet]).toContain(key);
      if (script.includes(`@${variable}`)) expect(inside.length + added.length).toBeGreaterThan(0);
    }
  });

  it.each([
    'server',
    'rest-api',
    'tenant-authentication',
    'restore-operator-authentication',
    'restore-portal',
  ] as const)('for %s uses the cmdlets that the catalogue names', async (role) => {
    const names = (await parsePowershell(scriptFor(role))).commands.map((command) => command.name);
    expect(names).toEqual(expect.arrayContaining([roles[role].setCmdlet, roles[role].getCmdlet]));
  });

  it('never lets the product configure anything in Entra', () => {
    for (const name of Object.keys(FACTS)) expect(scriptFor(name)).not.toMatch(/-?ConfigureApplication|GrantAdmin/i);
  });

  it('lets none but its own account and LocalSystem, as which the product runs, read the PFX', () => {
    const script = scriptFor('server');
    expect(script).toContain('$access.SetAccessRuleProtection($true, $false)');
    expect(script).toContain(
      "foreach ($account in $me, [System.Security.Principal.SecurityIdentifier]::new('S-1-5-18')) {",
    );
    expect(script.match(/AddAccessRule\(/g)).toHaveLength(1);
  });

  it('reads before it sets, and again afterwards', () => {
    const script = scriptFor('rest-api');
    const steps = ['Read-Current', 'ShouldProcess', 'Set-VBORestAPISettings', 'Read-Current'];
    let from = script.indexOf('. Read-Current') - 1;
    for (const step of steps) {
      const next = script.indexOf(step, from + 1);
      expect({ step, isLater: next > from }).toEqual({ step, isLater: true });
      from = next;
    }
  });

  it('changes nothing but the certificate: what it must name it takes from what is there', () => {
    expect(scriptFor('rest-api')).toContain('-HTTPSPort $settings.HTTPSPort');
    expect(scriptFor('restore-portal')).toContain('$application = $settings.ApplicationId');
    expect(scriptFor('restore-portal with its application')).toContain(`$application = [guid]'${CLIENT}'`);
    expect(scriptFor('entra-application')).toContain('$same.OfficeOrganizationName = $present.OfficeOrganizationName');
  });

  it('puts the certificate into the stores that are named, and into no others', () => {
    const options = { lineage: 'a/b', certificate, facts: FACTS.server! };
    const [both, none] = [installScript({ ...options, stores: STORES }), installScript({ ...options, stores: [] })];
    expect(both).toContain("Import-PfxCertificate -FilePath $pfxFile -CertStoreLocation 'Cert:\\LocalMachine\\My'");
    expect(both).toContain(
      "Import-Certificate -FilePath $certificateFile -CertStoreLocation 'Cert:\\LocalMachine\\Root'",
    );
    expect(both).toContain(certificate.der.toString('base64'));
    expect(none).not.toContain('Cert:');
  });

  it('removes the PFX and the password at the end, whatever happens', async () => {
    const { root } = await parsePowershell(scriptFor('server'));
    const finallyClause = root.descendantsOfType('finally_clause')[0]?.text ?? '';
    expect(finallyClause).toContain('Remove-Item -LiteralPath $folder -Recurse -Force');
    expect(finallyClause).toContain('$Password.Dispose()');
    expect(finallyClause).toContain('[Array]::Clear($Pfx');
  });

  it('is ASCII without syntax that Windows PowerShell 5.1 lacks, so that it can say there what is missing', () => {
    for (const name of Object.keys(FACTS)) {
      expect(scriptFor(name)).toMatch(/^[\n\x20-\x7e]*$/);
      expect(scriptFor(name)).not.toMatch(/\?\?|&&|\|\||\?\./);
    }
  });
});

describe('bundleScript', () => {
  const scripts = ['server', 'entra-application'].map((name, index) => ({
    lineage: `o'wner/${index}`,
    pfx: `${index}.pfx`,
    script: scriptFor(name),
  }));

  it('is PowerShell, of commands and parameters that exist', async () => {
    const script = bundleScript(scripts);
    expect((await parsePowershell(script)).faults).toEqual([]);
    expect(await unknownParts(script)).toEqual([]);
  });

  it('gives no cmdlet the password as text, which logs would keep', async () => {
    const script = bundleScript([]);
    expect(await commandsWith(script, ['$password', '$PasswordFile', 'ReadAllLines'])).toEqual([]);
    expect(script).toMatch(
      /\$password = \[System\.Net\.NetworkCredential\]::new\('', .*ReadAllLines.*\)\.SecurePassword\n/,
    );
  });

  it('asks only where -WhatIf is given, and never takes an empty password for that', () => {
    const script = bundleScript([]);
    expect(script.match(/if \(.*\) \{/g)).toContain('if (-not $WhatIfPreference) {');
    expect(script).not.toMatch(/if \(\$password\) \{\n/);
    expect(script).toMatch(/if \(\$password\.Length -eq 0\) \{ throw /);
    // Of an empty file there is no first line: `$null`, which is no text, would fit two constructors.
    expect(script).toContain('[string][System.IO.File]::ReadAllLines($path)[0]');
  });

  it('turns the strict mode of a session off before anything else happens', () => {
    const script = bundleScript(scripts);
    expect(script.indexOf('Set-StrictMode -Off')).toBeGreaterThan(script.indexOf('param('));
    expect(script.indexOf('Set-StrictMode -Off')).toBeLessThan(script.indexOf('\nif ('));
  });

  it('holds every script', () => {
    const script = bundleScript(scripts);
    for (const one of scripts) expect(script).toContain(one.script.trimEnd());
  });
});

describe('BOOTSTRAP', () => {
  it('is PowerShell, of commands and parameters that exist', async () => {
    expect((await parsePowershell(BOOTSTRAP)).faults).toEqual([]);
    expect(await unknownParts(BOOTSTRAP)).toEqual([]);
  });

  it('gives no cmdlet the envelope or anything of it, which logs would keep', async () => {
    expect(await commandsWith(BOOTSTRAP, ['$input', '$envelope', '$part', '$password', '$arguments'])).toEqual([]);
  });

  it('would be found out if it gave a cmdlet something of it', async () => {
    const secrets = ['$input', '$envelope'];
    const piped = BOOTSTRAP.replace('$envelope = @{}', "$envelope = @($input) -join '' | ConvertFrom-Json");
    const given = BOOTSTRAP.replace('$envelope = @{}', '$x = ConvertTo-SecureString -String $envelope.password');
    expect((await commandsWith(piped, secrets)).join()).toContain('ConvertFrom-Json');
    expect((await commandsWith(given, secrets)).join()).toContain('ConvertTo-SecureString');
  });

  it('fits on the command line of a Windows server', () => {
    expect(['pwsh', ...powershellArguments()].join(' ').length).toBeLessThan(8_191);
  });

  it('needs no quoting in any shell', () => {
    for (const argument of powershellArguments()) expect(argument).toMatch(/^[A-Za-z0-9+/=-]+$/);
  });
});

describe('envelopeLine', () => {
  it('is one line of ASCII that JSON reads as what was put in', () => {
    const secret = { pfx: Buffer.from([0, 255]), password: 'pä\u2028ß\u{1f600}"' };
    const line = envelopeLine({ script: 'a\n\u2019b', secret });
    expect(line).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(line)).toEqual({ script: 'a\n\u2019b', pfx: 'AP8=', password: secret.password });
  });
});

import { envelopeLine, powershellArguments } from '../../../lib/install/powershell/bootstrap';
import { bundleScript } from '../../../lib/install/powershell/bundle-script';
import { installScript } from '../../../lib/install/powershell/install-script';
import { BUNDLED, certificate, CLIENT, FACTS, scriptFor, STORES } from './scripts';

describe('installScript', () => {
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

  it('is ASCII without syntax that Windows PowerShell 5.1 lacks, so that it can say there what is missing', () => {
    for (const name of Object.keys(FACTS)) {
      expect(scriptFor(name)).toMatch(/^[\n\x20-\x7e]*$/);
      expect(scriptFor(name)).not.toMatch(/\?\?|&&|\|\||\?\./);
    }
  });
});

describe('bundleScript', () => {
  it('turns the password into what no log shows where it stands', () => {
    expect(bundleScript([])).toMatch(
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
    const script = bundleScript(BUNDLED);
    expect(script.indexOf('Set-StrictMode -Off')).toBeGreaterThan(script.indexOf('param('));
    expect(script.indexOf('Set-StrictMode -Off')).toBeLessThan(script.indexOf('\nif ('));
  });

  it('holds every script', () => {
    const script = bundleScript(BUNDLED);
    for (const one of BUNDLED) expect(script).toContain(one.script.trimEnd());
  });
});

describe('BOOTSTRAP', () => {
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

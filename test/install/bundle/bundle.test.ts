import { unzipSync } from 'fflate';
import type { InstallationConfiguration } from '../../../lib/config/configuration';
import { lineagesOf } from '../../../lib/config/lineages';
import { bundleFiles } from '../../../lib/install/bundle/bundle';
import { zipOf } from '../../../lib/install/bundle/zip';
import type { BundledCertificate } from '../../../lib/install/bundle/bundled-certificate';
import { inOrder, type InstallationPlan, planInstallation, type Way } from '../../../lib/install/installation-plan';
import { configurationWith } from '../configurations';
import { selfSigned } from '../../support/self-signed';
import { thrownBy } from '../../support/thrown';

const configuration = configurationWith();
const certificate = selfSigned();

function plansOf(via: Way, change: Partial<InstallationConfiguration> = {}): InstallationPlan[] {
  const changed = configurationWith(change);
  return lineagesOf(changed).flatMap((declaration) => {
    let plan: InstallationPlan | undefined;
    thrownBy(() => (plan = planInstallation(changed, declaration, { via })));
    return plan ?? [];
  });
}

function bundled(plans: readonly InstallationPlan[]): BundledCertificate[] {
  return plans.map((plan) => ({
    plan,
    pfx: Buffer.from(`PFX of ${plan.declaration.name}`),
    thumbprints: [certificate.thumbprint],
    generation: {
      ...{ lineage: plan.declaration.name, label: '0001', number: 1, certificate, chain: [], accepted: [] },
      ...{ certificateFile: '', keyFile: '' },
    },
  }));
}

const names = (plans: readonly InstallationPlan[]): string[] => plans.map(({ declaration }) => declaration.name);

describe('planInstallation', () => {
  it.each([
    ['local', 6],
    ['ssh', 6],
    ['rest', 1],
    ['bundle', 7],
  ] as const)('finds for the way %s what it can install', (via, count) => {
    expect(plansOf(via)).toHaveLength(count);
  });

  it('leaves the REST API certificate for the end, because its service starts again', () => {
    const plans = plansOf('local');
    expect(names(plans).at(-1)).not.toBe('primary/rest-api');
    expect(names(inOrder(plans)).at(-1)).toBe('primary/rest-api');
    expect(names(inOrder(plans)).sort()).toEqual(names(plans).sort());
  });

  it('takes the way that is declared, and the server with it', () => {
    const install = { via: 'ssh', ssh: { host: 'jump', user: 'admin', port: 2222 } } as const;
    const declared = configurationWith({ install });
    const [server] = lineagesOf(declared);
    expect(planInstallation(declared, server!)).toMatchObject({ way: 'ssh', ssh: install.ssh });
    expect(planInstallation(declared, server!, { via: 'local' }).way).toBe('local');
  });

  it('asks the server itself over SSH where no other is declared', () => {
    const [plan] = plansOf('ssh');
    expect(plan?.ssh).toEqual({ host: 'vb365.example.com' });
  });

  it('installs by hand what lives on a REST API machine of its own', () => {
    const restApi = { hostName: 'rest.example.com', port: 4443 };
    expect(names(plansOf('local', { restApi }))).not.toContain('primary/rest-api');
    expect(names(plansOf('local', { restApi }))).not.toContain('primary/restore-portal');
    const byHand = plansOf('bundle', { restApi }).filter((plan) => plan.byHand !== undefined);
    expect(names(byHand)).toEqual(['primary/rest-api', 'primary/restore-portal', 'fabrikam/data-cloud']);
  });

  it('says how to install by hand where no way is declared for it', () => {
    const restApi = { hostName: 'rest.example.com', port: 4443 };
    const declared = configurationWith({ restApi, install: { via: 'local' } });
    const rest = lineagesOf(declared).find(({ role }) => role === 'rest-api');
    const error = thrownBy(() => planInstallation(declared, rest!));
    expect(error?.code).toBe('install-way-missing');
    expect(error?.message).toContain('rest.example.com is a REST API machine of its own');
  });
});

describe('bundleFiles', () => {
  it('is the same for the same certificates, byte by byte, and so is its zip', () => {
    const [one, two] = [bundleFiles(bundled(plansOf('bundle'))), bundleFiles(bundled(plansOf('bundle')))];
    expect(one).toEqual(two);
    expect(zipOf(one).equals(zipOf(two))).toBe(true);
    const inside = unzipSync(zipOf(one));
    expect(Object.keys(inside)).toEqual(one.map(({ name }) => name));
  });

  it('lists every certificate with its thumbprint, and how it is installed', () => {
    const files = bundleFiles(bundled(plansOf('bundle')));
    const readme = files.find(({ name }) => name === 'primary/README.txt')?.content.toString() ?? '';
    for (const name of names(plansOf('bundle')).filter((one) => !one.startsWith('fabrikam'))) {
      expect(readme).toContain(`${name} 0001: `);
      expect(readme).toMatch(new RegExp(`^  ${name}: (?:Set|New)-VBO\\w+\\r$`, 'm'));
    }
    expect(readme).toContain(certificate.thumbprint);
    expect(readme).not.toContain('Configurator');
    expect(readme.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('needs no folders and no script where all goes to Veeam Data Cloud', () => {
    const plans = plansOf('bundle').filter(({ declaration }) => declaration.role === 'data-cloud');
    const files = bundleFiles(bundled(plans));
    expect(files.map(({ name }) => name)).toEqual(['README.txt', 'fabrikam-data-cloud-0001.pfx']);
  });

  it('brings to each machine no key but its own: a REST API machine gets what it trusts without', () => {
    const restApi = { hostName: 'rest.example.com', port: 4443 };
    const files = bundleFiles(bundled(plansOf('bundle', { restApi })));
    const inFolder = (folder: string): string[] =>
      files.flatMap(({ name }) => (name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : []));
    expect(inFolder('primary_rest-api').filter((name) => name.endsWith('.pfx'))).toEqual([
      'primary-rest-api-0001.pfx',
      'primary-restore-portal-0001.pfx',
    ]);
    expect(inFolder('primary').filter((name) => /rest-api|portal|\.cer$/.test(name))).toEqual([]);
    const cers = inFolder('primary_rest-api').filter((name) => name.endsWith('.cer'));
    const text = (name: string): string => files.find((file) => file.name === name)?.content.toString() ?? '';
    const [ofServer, ofRest] = [text('primary/README.txt'), text('primary_rest-api/README.txt')];
    expect(cers.length).toBeGreaterThan(0);
    for (const cer of cers) expect(ofRest).toContain(`Import-Certificate -FilePath .\\${cer} `);
    expect(ofServer).not.toContain('rest.example.com');
    expect(ofRest).not.toMatch(/^ {2}vb365\.example\.com\r$/m);
  });

  it('keeps what goes to two servers apart', () => {
    const [first] = configuration.installations;
    const second = { ...first!, name: 'secondary', server: { hostName: 'second.example.com' } };
    const both = { ...configuration, installations: [first!, second] };
    const plans = lineagesOf(both).map((declaration) => planInstallation(both, declaration, { via: 'bundle' }));
    const files = bundleFiles(bundled(plans));
    const scripts = files.filter(({ name }) => name.endsWith('.ps1'));
    expect(scripts.map(({ name }) => name)).toEqual(['primary/install.ps1', 'secondary/install.ps1']);
    expect(scripts[0]?.content.toString()).not.toContain('secondary/');
  });
});

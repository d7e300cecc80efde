import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { issueSelfSigned } from '../../lib/certificates/issue';
import { certificateProfile } from '../../lib/certificates/profile';
import { formatCrtFile } from '../../lib/keystore/crt-file';
import { Sealer } from '../../lib/keystore/sealing/sealing';
import type { ReviewDocument } from '../../lib/review/document/document';
import type { Outcome, Workplace } from '../support/cli';
import { organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const CONTOSO = 'contoso/entra-application';
const FABRIKAM = 'fabrikam/entra-application';

/** Nobody holds its private key. */
const NOTHING_INSIDE = '-----BEGIN AGE ENCRYPTED FILE-----\nbm90aGluZw==\n-----END AGE ENCRYPTED FILE-----\n';

/** Two organizations. */
const CONFIGURATION = `${organization()}  - name: fabrikam
    installation: primary
    tenantId: ${tenants.contoso}
    services: [exchange]
    purposes: [backup]
`;

/** What anybody can do who may push: each test begins with three generations of contoso, and what an audit has signed of them. */
endToEnd('whoever can write to the keystore', () => {
  let deployment: Deployment;
  let restore: () => void;

  beforeAll(async () => {
    deployment = await Deployment.start(CONFIGURATION);
    for (let generation = 2; generation <= 3; generation += 1) await deployment.issueSuccessor(CONTOSO);
    await deployment.vb365('audit');
    await deployment.apply('contoso');
    const [keystore, whole] = ['keystore', '../whole'].map((name) => deployment.workplace.path(name)) as [
      string,
      string,
    ];
    cpSync(keystore, whole, { recursive: true });
    restore = () => {
      rmSync(keystore, { recursive: true });
      cpSync(whole, keystore, { recursive: true });
    };
  });

  afterEach(() => {
    restore();
  });

  afterAll(() => deployment.close());

  /** As `vb365 renew` would have made it, but for who has the key. */
  async function plant(sealed: (privateKey: Parameters<Sealer['seal']>[0]) => Promise<string>): Promise<void> {
    const { workplace } = deployment;
    const at = new Date();
    const profile = certificateProfile('entra-application', { commonName: 'VB365 contoso' });
    const { certificate, privateKey } = await issueSelfSigned({ profile, keySize: 2048, validityDays: 365, at });
    const content = { certificate, chain: [], accepted: [], added: at };
    workplace.write(`keystore/${CONTOSO}/0004.crt`, formatCrtFile(CONTOSO, '0004', content));
    workplace.write(`keystore/${CONTOSO}/0004.key.age`, await sealed(privateKey));
  }

  /** Both files of the current generation of contoso become the next one of fabrikam. */
  function copyToFabrikam(): void {
    const { workplace } = deployment;
    mkdirSync(workplace.path(`keystore/${FABRIKAM}`), { recursive: true });
    for (const suffix of ['crt', 'key.age', 'attestation']) {
      const target = workplace.path(`keystore/${FABRIKAM}/0002.${suffix}`);
      cpSync(workplace.path(`keystore/${CONTOSO}/0003.${suffix}`), target);
    }
  }

  const commands = { status: ['status'], audit: ['audit', '--dry-run'], synth: ['synth'] } as const;

  async function say(command: keyof typeof commands): Promise<Outcome> {
    return deployment.workplace.run(commands[command]);
  }

  it.each([
    ['holds nothing', 'sealed-key-damaged', () => Promise.resolve(NOTHING_INSIDE)],
    ['only the attacker opens', 'key-not-sealed-to-identity', sealedToTheAttacker],
  ])(
    'can plant a certificate whose key %s: only an audit finds it, and it attests the others alone',
    async (_, code, sealed) => {
      await plant(sealed);
      expect(await say('status')).toMatchObject({ code: 0 });
      // The plan would let the attacker in: nothing but a review, or an audit, stands before it.
      expect((await deployment.plan('contoso')).changes).toEqual([
        expect.stringMatching(/^create azuread_application_certificate\..*0004/),
      ]);
      const audited = await say('audit');
      expect(audited.code).toBe(1);
      expect(audited.stderr).toContain(`error[${code}] ${CONTOSO}/0004.key.age`);
      expect(audited.stdout).toContain(`opened ${CONTOSO} 0003\n`);
      expect(audited.stdout).not.toContain(`${CONTOSO} 0004`);
      expect((await deployment.workplace.run(['audit'])).code).toBe(1);
      expect(() => deployment.workplace.read(`keystore/${CONTOSO}/0004.attestation`)).toThrow('ENOENT');
    },
  );

  /** What is said of the keystore in a review of the plan, by the signers that main lists. */
  async function reviewed(): Promise<readonly string[]> {
    await deployment.plan('contoso');
    const plan = 'cdktf.out/stacks/contoso/plan';
    const args = ['review', plan, '--base', 'main', '--format', 'json', '--fail-on', 'never'];
    const { code, stderr, stdout } = await deployment.workplace.run(args, { env: process.env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { stacks } = JSON.parse(stdout) as ReviewDocument;
    return stacks.flatMap(({ findings }) =>
      findings
        .filter(({ id }) => /^(?:generation|recipients)-/.test(id))
        .map(({ id, severity }) => `${severity} ${id}`),
    );
  }

  it('is told by the review of the change: what is new, whether it follows, and who has opened it', async () => {
    const { workplace } = deployment;
    git(workplace, 'init', '--quiet', '--initial-branch', 'main');
    git(workplace, 'add', 'vb365.yaml', 'keystore');
    git(workplace, 'commit', '--quiet', '--message', 'all of it');
    expect(await reviewed()).toEqual([]);

    await plant(sealedToTheAttacker);
    expect(await reviewed()).toEqual(['warn generation-unopened']);

    const list = workplace.read('keystore/recipients.txt');
    workplace.write('keystore/recipients.txt', `${list}${await newRecipient()}\n`);
    expect(await reviewed()).toEqual(['warn generation-unopened', 'warn recipients-changed']);
    workplace.write('keystore/recipients.txt', list);

    const head = workplace.read(`keystore/${CONTOSO}/0004.crt`);
    workplace.write(`keystore/${CONTOSO}/0004.crt`, head.replace(CONTOSO, FABRIKAM));
    expect(await reviewed()).toEqual(['block generation-not-following']);

    for (const suffix of ['crt', 'key.age']) rmSync(workplace.path(`keystore/${CONTOSO}/0004.${suffix}`));
    await deployment.vb365('retire', '--confirmed', CONTOSO);
    await deployment.vb365('renew', CONTOSO);
    expect(await reviewed()).toEqual(['warn generation-unopened']);
    await deployment.vb365('audit');
    expect(await reviewed()).toEqual(['note generation-opened']);
  });

  it('cannot publish the certificate of another organization, whatever attests it', async () => {
    copyToFabrikam();
    const status = await say('status');
    expect(status.code).toBe(1);
    expect(status.stderr).toContain('error[keystore-key-shared]');
    expect(status.stderr).toContain('warning[keystore-head-differs]');
    expect(status.stderr).toContain(
      `warning[keystore-attestation-unfit] an attestation in ${FABRIKAM}/0002.attestation`,
    );
    const audited = await say('audit');
    expect(audited.code).toBe(1);
    expect(audited.stderr.match(/error\[keystore-key-shared\]/g)).toHaveLength(2);
    const synthesized = await say('synth');
    expect(synthesized.code).toBe(2);
    expect(synthesized.stderr).toContain('error[keystore-damaged]');
    await expect(deployment.synthesize()).rejects.toThrow('keystore-key-shared');
  });
});

function git({ folder }: Workplace, ...args: readonly string[]): void {
  const as = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...as, ...args], { stdio: 'pipe' });
}

async function newRecipient(): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  return identityToRecipient(await generateX25519Identity());
}

async function sealedToTheAttacker(privateKey: Parameters<Sealer['seal']>[0]): Promise<string> {
  const sealer = await Sealer.create([await newRecipient()]);
  return sealer.seal(privateKey);
}

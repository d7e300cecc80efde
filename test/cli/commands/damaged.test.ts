import { existsSync, rmSync } from 'node:fs';
import { Certificate } from '../../../lib/certificates/certificate';
import { configurationOf, importedOrganization, removeWorkplaces, Workplace } from '../../support/cli';
import { selfSigned } from '../../support/self-signed';

const REST_API = 'primary/rest-api';
const CONTOSO = 'contoso/entra-application';

/** Holds three lineages of two generations; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
  await done.run(['renew', '--all', '--at', '2026-06-02T12:00:00Z']);
});

afterAll(removeWorkplaces);

describe('commands beside a damaged lineage', () => {
  it('issue, renew and retire the others, name it, and end with 2', async () => {
    const workplace = done.copy();
    rmSync(workplace.path(`keystore/${REST_API}/0002.crt`));
    workplace.write('vb365.yaml', configurationOf('contoso', 'northwind'));
    const issued = await workplace.run(['issue', '--at', '2026-06-03']);
    expect(issued).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('issued northwind/entra-application 0001') as unknown,
    });
    expect(issued.stderr).toMatch(/^error\[keystore-certificate-missing\] primary\/rest-api\/0002\.key\.age/m);

    const renewed = await workplace.run(['renew', '--all', '--at', '2026-06-30']);
    expect(renewed.code).toBe(2);
    expect(renewed.stdout).toContain(`renewed ${CONTOSO} 0003`);
    expect(renewed.stdout).not.toContain(REST_API);
    expect(renewed.stderr).toContain('error[keystore-certificate-missing]');

    const retired = await workplace.run(['retire', '--at', '2026-08-01']);
    expect(retired.code).toBe(2);
    expect(retired.stdout).toContain(`retired ${CONTOSO} 0001`);
    expect(retired.stdout).not.toContain(REST_API);
  });

  it('synthesize nothing, or the stacks that are whole where a person asks for them', async () => {
    const workplace = done.copy();
    rmSync(workplace.path(`keystore/${CONTOSO}/0002.crt`));
    const refused = await workplace.run(['synth']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('error[keystore-damaged]');
    expect(refused.stderr).toContain('error[keystore-certificate-missing]');
    expect(existsSync(workplace.path('cdktf.out'))).toBe(false);

    const whole = await workplace.runProcess(['synth', '--whole']);
    expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining('every whole stack') as unknown });
    expect(whole.stderr).toContain('error[keystore-certificate-missing]');
    expect(existsSync(workplace.path('cdktf.out/stacks/primary/cdk.tf.json'))).toBe(true);
    expect(existsSync(workplace.path('cdktf.out/stacks/contoso'))).toBe(false);
  });

  it.each([
    [[], 2],
    [[REST_API], 0],
  ])('renew a lineage without its key where that is named as the cure: %j', async (names, expected) => {
    const workplace = done.copy();
    rmSync(workplace.path(`keystore/${REST_API}/0002.key.age`));
    const { code, stderr } = await workplace.run(['renew', ...names, '--at', '2026-06-30']);
    expect({ code, stderr }).toEqual({
      code: expected,
      stderr: expect.stringContaining(names.length > 0 ? '' : `run "vb365 renew ${REST_API}"`) as unknown,
    });
    expect(existsSync(workplace.path(`keystore/${REST_API}/0003.crt`))).toBe(expected === 0);
    // The successor is whole: what it has superseded stops nothing.
    expect((await workplace.run(['issue', '--at', '2026-06-30'])).code).toBe(expected);
  });

  it('leave nothing damaged behind where the cure of a key that is not sealed was run', async () => {
    const workplace = done.copy();
    workplace.write(`keystore/${REST_API}/0002.key.age`, 'cut off');
    const at = ['--at', '2026-06-30'];
    expect(await workplace.run(['issue', ...at])).toMatchObject({ code: 2 });
    expect(await workplace.run(['renew', REST_API, ...at])).toMatchObject({ code: 0 });
    expect(await workplace.run(['issue', ...at])).toMatchObject({ code: 0 });
  });

  it('name a cure that works where certificates are imported', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${configurationOf('northwind')}${importedOrganization('contoso')}`);
    rmSync(workplace.path(`keystore/${CONTOSO}/0002.key.age`));
    const { code, stderr } = await workplace.run(['issue', '--at', '2026-06-30']);
    expect(code).toBe(2);
    expect(stderr).toContain(`run "vb365 import ${CONTOSO} <file>"`);
  });
});

describe('vb365 import --key-elsewhere', () => {
  it('takes the certificate alone, which stops nothing, and which nobody exports', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', `${configurationOf('northwind')}${importedOrganization('contoso')}`);
    const certificate = selfSigned();
    workplace.write('alone.crt', certificate.pem);
    const at = ['--at', '2026-06-30'];
    expect((await workplace.run(['import', CONTOSO, 'alone.crt', ...at])).stderr).toContain('or --key-elsewhere where');

    const taken = await workplace.run(['import', CONTOSO, 'alone.crt', '--key-elsewhere', ...at]);
    expect(taken).toMatchObject({ code: 0 });
    const text = workplace.read(`keystore/${CONTOSO}/0003.crt`);
    expect(text).toContain('\nKey: elsewhere\n');
    expect(Certificate.fromPem(text).equals(certificate)).toBe(true);
    expect((await workplace.run(['issue', ...at])).code).toBe(0);
    const exported = await workplace.run(['export', CONTOSO, '--generate-password', 'password']);
    expect(exported).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('error[keystore-key-elsewhere]') as unknown,
    });
  });

  it('refuses a file that holds the key', async () => {
    const workplace = done.copy();
    await workplace.run(['export', CONTOSO, '--out', 'with-key.pfx', '--generate-password', 'password']);
    const args = ['import', CONTOSO, 'with-key.pfx', '--password-file', 'password', '--key-elsewhere'];
    expect(await workplace.run(args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('error[import-key-elsewhere]') as unknown,
    });
  });
});

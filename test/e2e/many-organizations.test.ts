import { INSTALLATION } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const COUNT = 6;
/** Terraform and provider are two processes a stack: more at once only wait for each other on two cores. */
const AT_ONCE = 3;

const names = Array.from({ length: COUNT }, (_, index) => `organization${index}`);

const configuration = [
  INSTALLATION,
  'organizations:',
  ...names.flatMap((name, index) => [
    `  - name: ${name}`,
    '    installation: primary',
    `    tenantId: 00000000-0000-0000-0001-${String(index).padStart(12, '0')}`,
    '    services: [exchange, sharepoint, teams]',
    '    purposes: [backup, restore]',
  ]),
  '',
].join('\n');

endToEnd('many organizations', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(configuration);
    await deployment.synthesize();
  });

  afterAll(() => deployment.close());

  it('are applied stack by stack; each asks Microsoft Graph 90 times at most, and 35 times for an empty plan', async () => {
    const { requests } = deployment.entra;
    await each(names, (name) => deployment.applySynthesized(name));
    const applied = requests.count(/ \/(v1\.0|beta)\//);
    requests.clear();
    await each(names.slice(0, AT_ONCE), async (name) => {
      expect(await deployment.planSynthesized(name)).toMatchObject({ changes: [] });
    });
    const planned = requests.count(/ \/(v1\.0|beta)\//);

    process.stdout.write(
      `requests to Microsoft Graph an organization: ${applied / COUNT} to apply, ${planned / AT_ONCE} for an empty plan\n`,
    );
    expect(applied / COUNT).toBeLessThanOrEqual(90);
    expect(planned / AT_ONCE).toBeLessThanOrEqual(35);
  });
});

/** Works on all of them, some at once. */
async function each(items: readonly string[], work: (item: string) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

import { organization, tenants } from './configurations';
import type { Faults } from '../../emulators/entra';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

/**
 * How often it is applied at most. The provider 3.7.0 asks again after a 404 of replication and after a 429; of a
 * connection that is reset while it writes it says "HTTP response was nil", and the next apply goes on.
 */
const faults: readonly (readonly [string, Faults, number])[] = [
  ['applications appear 3 s after they are made', { replicationLagMs: 3000 }, 1],
  ['every fifth request is throttled', { throttleEvery: 5, retryAfterSeconds: 1 }, 1],
  ['every fortieth connection is reset', { resetEvery: 40 }, 3],
];

endToEnd('an apply while Entra has a bad day', () => {
  it.concurrent.each(faults)('ends well, and nothing is left over: %s', async (_, given, attempts) => {
    const deployment = await Deployment.start(organization(), { faults: given });
    try {
      await deployment.synthesize();
      await atMost(attempts, () => deployment.applySynthesized('contoso'));
      deployment.entra.setFaults({});

      expect(deployment.applications(tenants.contoso)).toHaveLength(1);
      expect((await deployment.planSynthesized('contoso')).changes).toEqual([]);
    } finally {
      await deployment.close();
    }
  });
});

async function atMost(attempts: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (attempts <= 1) throw error;
    await atMost(attempts - 1, work);
  }
}

import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { networkFailureOf } from '../../lib/system/network-failure';

const ASKED = { name: 'the service', trust: 'SSL_CERT_FILE', mayHaveProxy: true } as const;

async function failureOf(url: string): Promise<ReturnType<typeof networkFailureOf>> {
  try {
    await request(url, { signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    return networkFailureOf(error, ASKED);
  }
  throw new Error('it answered');
}

describe('why a host could not be asked', () => {
  it('is a port that nobody listens at, by whichever address node tried last', async () => {
    const server = createServer().listen(0);
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    expect(await failureOf(`http://localhost:${port}`)).toMatchObject({ code: 'ECONNREFUSED', isPassing: true });
  });

  it('is whoever hangs up', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0);
    const { port } = server.address() as AddressInfo;
    expect(await failureOf(`http://127.0.0.1:${port}`)).toMatchObject({ why: 'ended the connection', isPassing: true });
    await new Promise((done) => server.close(done));
  });

  it.each([
    [Object.assign(new Error('late'), { name: 'TimeoutError', code: 23 }), 'ETIMEDOUT', true],
    [{ cause: { code: 'ENOTFOUND' } }, 'ENOTFOUND', false],
    [new AggregateError([Object.assign(new Error('no way'), { code: 'EHOSTUNREACH' })]), 'EHOSTUNREACH', true],
    [
      Object.assign(new Error('who are you'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      false,
    ],
    ['a text', 'unknown', false],
    [undefined, 'unknown', false],
  ])('is %p', (error, code, isPassing) => {
    expect(networkFailureOf(error, ASKED)).toMatchObject({ code, isPassing });
  });

  it('names a certificate that nobody here trusts', () => {
    expect(networkFailureOf({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, ASKED)).toMatchObject({
      why: 'shows a certificate that this machine does not trust (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      cure: expect.stringContaining('SSL_CERT_FILE') as unknown,
    });
  });
});

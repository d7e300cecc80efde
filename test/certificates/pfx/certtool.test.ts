import { itWith, Workshop } from '../../support/pfx-tools';

const workshop = new Workshop();
beforeAll(() => {
  workshop.selfSigned('leaf');
});
afterAll(() => {
  workshop.dispose();
});

describe('a PFX of GnuTLS certtool', () => {
  const make = ['--to-p12', '--load-certificate', 'leaf.crt', '--load-privkey', 'leaf.key', '--p12-name', 'leaf'];
  // 3des-pkcs12 and rc2-40 derive their keys by PKCS#12, which takes seconds; those of OpenSSL and NSS are read elsewhere.
  for (const cipher of ['3des', 'aes-128', 'aes-256']) {
    itWith('certtool')(`with the cipher ${cipher} is read`, () => {
      const options = ['--pkcs-cipher', cipher, '--password', 'Grüße €🔑', '--outder', '--outfile', 'g.p12'];
      workshop.run('certtool', [...make, ...options]);
      workshop.expectReadable('g.p12', 'Grüße €🔑');
    });
  }

  for (const option of ['--null-password', '--empty-password', '--password=']) {
    itWith('certtool')(`with ${option} is read without a password`, () => {
      workshop.run('certtool', [...make, option, '--outder', '--outfile', 'g.p12']);
      workshop.expectReadable('g.p12', undefined);
    });
  }

  itWith('certtool')('as PEM, which is its default, is read', () => {
    workshop.run('certtool', [...make, '--password', 'secret', '--outfile', 'g.p12']);
    expect(workshop.read('g.p12').toString('latin1')).toMatch(/^-----BEGIN PKCS12-----/);
    workshop.expectReadable('g.p12', 'secret');
  });
});

import { createCipheriv } from 'node:crypto';
import { decryptWithKey } from '../../../lib/certificates/pfx/rc2-rc4';

describe('decryptWithKey', () => {
  // RFC 6229, offset 0: the key stream, which is what zeros become.
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97'],
  ])('makes the key stream of RFC 6229 for RC4 with the key %s', (key, stream) => {
    const plain = decryptWithKey('rc4', Buffer.from(key, 'hex'), Buffer.alloc(0), Buffer.alloc(16));
    expect(plain?.toString('hex')).toBe(stream);
  });

  it.each(['aes-256-cbc', 'camellia-128-cbc', 'des-ede3-cbc'] as const)(
    'gives nothing for %s with another key',
    (cipher) => {
      const keyLength = { 'aes-256-cbc': 32, 'camellia-128-cbc': 16, 'des-ede3-cbc': 24 }[cipher];
      const iv = Buffer.alloc(cipher === 'des-ede3-cbc' ? 8 : 16);
      const encrypting = createCipheriv(cipher, Buffer.alloc(keyLength, 'right'), iv);
      const ciphertext = Buffer.concat([encrypting.update('text'), encrypting.final()]);
      expect(decryptWithKey(cipher, Buffer.alloc(keyLength, 'right'), iv, ciphertext)?.toString()).toBe('text');
      expect(decryptWithKey(cipher, Buffer.alloc(keyLength, 'wrong'), iv, ciphertext)).toBeUndefined();
    },
  );

  it.each([0, 7, 9])('gives nothing for RC2 with %i octets, which are no blocks', (length) => {
    expect(decryptWithKey('rc2-cbc', Buffer.alloc(5), Buffer.alloc(8), Buffer.alloc(length))).toBeUndefined();
  });

  it('gives nothing for RC2 where the padding is wrong', () => {
    expect(decryptWithKey('rc2-cbc', Buffer.alloc(5), Buffer.alloc(8), Buffer.alloc(8))).toBeUndefined();
  });
});

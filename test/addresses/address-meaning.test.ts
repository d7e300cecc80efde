import fc from 'fast-check';
import { addressesBeyond, meaningOf } from '../../lib/addresses/address-meaning';

describe('meaningOf', () => {
  it.each([
    ['https://h:4443', 'https://h:4443/'],
    ['https://H.example.com/', 'https://h.example.com/'],
    ['HTTPS://h/', 'https://h/'],
    ['https://h:443/a', 'https://h/a'],
    ['http://localhost:80', 'http://localhost/'],
    ['https://h:0443/', 'https://h/'],
    ['https://h?a=b', 'https://h/?a=b'],
  ])('is the same of %s and %s', (one, other) => {
    expect(meaningOf(one)).toBe(meaningOf(other));
  });

  it.each([
    ['https://h/a', 'https://h/A'],
    ['https://h/a', 'https://h/a/'],
    ['https://h/', 'http://h/'],
    ['https://h:4443/', 'https://h/'],
    ['http://h:443/', 'http://h/'],
    ['https://h/', 'https://h.evil.example/'],
    ['https://user@h/', 'https://h/'],
    ['https://h@evil.example/', 'https://h/'],
    ['https://h\\@evil.example/', 'https://h/'],
    ['https://h./', 'https://h/'],
    ['https://h/?a=b', 'https://h/'],
    ['https://h/#a', 'https://h/'],
    ['https://h/\n', 'https://h/'],
    ['msal1://AUTH', 'msal1://auth'],
    ['https://*.h/', 'https://a.h/'],
  ])('is another of %s than of %s', (one, other) => {
    expect(meaningOf(one)).not.toBe(meaningOf(other));
  });

  it('means what a browser reads', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        expect(new URL(meaningOf(address)).href).toBe(new URL(address).href);
        expect(meaningOf(meaningOf(address))).toBe(meaningOf(address));
      }),
    );
  });
});

describe('addressesBeyond', () => {
  it('gives what is new, as it is written', () => {
    expect(addressesBeyond(['https://H/', 'https://h/New'], ['https://h'])).toEqual(['https://h/New']);
  });
});

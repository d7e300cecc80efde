import { formatRestAddress, parseRestAddress } from '../../lib/rest/address';
import { thrownBy } from '../support/thrown';

describe('parseRestAddress', () => {
  it.each([
    ['https://vb365.example.com:4443', 'vb365.example.com', 4443],
    ['https://vb365.example.com', 'vb365.example.com', 4443],
    ['https://vb365.example.com:443/', 'vb365.example.com', 443],
    ['https://VB365.example.com:9443/', 'vb365.example.com', 9443],
    ['https://192.0.2.7:4443', '192.0.2.7', 4443],
    ['https://[2001:db8::7]:4443', '2001:db8::7', 4443],
    ['https://[2001:db8::443]', '2001:db8::443', 4443],
  ])('reads %s', (text, hostName, port) => {
    expect(parseRestAddress(text)).toEqual({ hostName, port });
    expect(parseRestAddress(formatRestAddress({ hostName, port }))).toEqual({ hostName, port });
  });

  it.each([
    'vb365.example.com:4443',
    'http://vb365.example.com:4443',
    'https://vb365.example.com:4443/v8',
    'https://vb365.example.com:4443/?a=b',
    'https://vb365.example.com:99999',
    'https://',
    '',
  ])('refuses %s', (text) => {
    expect(thrownBy(() => parseRestAddress(text))?.code).toBe('rest-address-invalid');
  });

  it('does not repeat what may hold a password', () => {
    const error = thrownBy(() => parseRestAddress('https://admin:canary@vb365.example.com:4443'));
    expect(error?.code).toBe('rest-address-invalid');
    expect(error?.message).not.toContain('canary');
  });
});

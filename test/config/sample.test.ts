import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../lib/config/read-configuration';
import { isSample } from '../../lib/config/sample';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../support/cli';
import { ROOT } from '../support/repository-files';

const SAMPLE = readFileSync(join(ROOT, 'vb365.yaml'), 'utf8');

afterAll(removeWorkplaces);

function isSampleOf(text: string): boolean {
  return isSample(readConfiguration(new Workplace(text).path('vb365.yaml')));
}

describe('isSample', () => {
  it('knows what init writes, also where other parts of it have changed', () => {
    expect(isSampleOf(SAMPLE)).toBe(true);
    expect(isSampleOf(SAMPLE.replaceAll('contoso', 'litware').replace('keySize: 2048', 'keySize: 3072'))).toBe(true);
    expect(isSampleOf(SAMPLE.slice(0, SAMPLE.indexOf('dataCloud:')))).toBe(true);
  });

  it.each([
    ['a host name', 'vb365.example.com', 'bk01.litware.example'],
    ['every host name', 'example.com', 'litware.example'],
    ['the tenant id', '00000000-0000-0000-0000-000000000001', '4c1f2f5e-0a8e-4a53-9d24-2b8f1f0f6a01'],
  ])('does not know one in which %s is another', (_, from, to) => {
    expect(isSampleOf(SAMPLE.replaceAll(from, to))).toBe(false);
  });

  it('does not take any name under example.com for that of the sample', () => {
    expect(isSampleOf(THREE_LINEAGES)).toBe(false);
    expect(isSampleOf('keystore: keystore\n')).toBe(false);
  });
});

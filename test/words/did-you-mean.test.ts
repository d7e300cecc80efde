import { nearest } from '../../lib/words/did-you-mean';

describe('nearest', () => {
  const known = ['restApi', 'restorePortal', 'proxies', 'name'];

  it.each([
    ['proxys', 'proxies'],
    ['rest-api', 'restApi'],
    ['RestorePortal', 'restorePortal'],
    ['nam', 'name'],
    ['', undefined],
    ['certificates', undefined],
    ['x'.repeat(10_000), undefined],
  ])('takes %s for %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});

import type { ReviewRuleHead } from './head';

/** Rules about certificates of the keystore, and its recipients. */
export const keystoreRuleHeads = {
  'certificate-unfit': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the current certificate of a lineage is not what the configuration asks for: its names, its key or its role',
    source: 'vb365.yaml',
  },
  'generation-not-following': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a certificate is new in the keystore that is not what renewing or importing would have added: its number, its readable lines, its moment, its key, its names or its validity',
    source: 'certificates of vb365.yaml',
  },
  'generation-unopened': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'a certificate is new in the keystore, and nobody whose signature counts in the protected branch has opened its key: whose it is, nobody has seen',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'generation-opened': {
    severity: 'note',
    adjustable: true,
    sentence: 'a certificate is new in the keystore, and somebody has opened its key',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'recipients-changed': {
    severity: 'warn',
    adjustable: true,
    sentence: 'the list of recipients is not that of the protected branch: the next renewal seals to whoever is listed',
    source: 'https://age-encryption.org/v1',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;

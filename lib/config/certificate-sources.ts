/** What every source of certificates has to say: a new one is a row more, and the types ask for it. */
export interface CertificateSourceFacts {
  /** Whether commands make its certificates; where they do not, a person brings them. */
  readonly isIssuedHere: boolean;
  /** Brings the first certificate of a lineage: a command. */
  readonly first: (lineage: string) => string;
  /** Brings successors of whatever is due: a command. */
  readonly successors: (lineage: string) => string;
  /** Brings a successor of this lineage, due or not: a command. */
  readonly successor: (lineage: string) => string;
}

function toImport(lineage: string): string {
  return `vb365 import ${lineage} <file>`;
}

/** By the name that `certificates.source` of `vb365.yaml` gives it. */
export const certificateSources = {
  'self-signed': {
    isIssuedHere: true,
    first: () => 'vb365 issue',
    successors: () => 'vb365 renew',
    successor: (lineage) => `vb365 renew ${lineage}`,
  },
  imported: { isIssuedHere: false, first: toImport, successors: toImport, successor: toImport },
} as const satisfies Readonly<Record<string, CertificateSourceFacts>>;

/** `self-signed`: `vb365 issue` and `vb365 renew` make them. `imported`: a person has them from elsewhere. */
export type CertificateSource = keyof typeof certificateSources;

export const certificateSourceIds = Object.keys(certificateSources) as [CertificateSource, ...CertificateSource[]];

/** What is said of the source of a policy. */
export function sourceOf({ source }: { readonly source: CertificateSource }): CertificateSourceFacts {
  return certificateSources[source];
}

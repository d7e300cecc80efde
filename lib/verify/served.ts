import { shown } from '../words/shown';
import { roles } from '../catalogue/roles';
import type { Certificate } from '../certificates/certificate';
import type { LineageDeclaration } from '../config/lineages';
import { formatInstant } from '../words/instant';
import type { Generation } from '../keystore/keystore';
import type { Complaint } from './report';
import type { ServedCertificates, TlsAddress } from './tls';

/** A lineage with its generations, oldest first. */
export interface KnownLineage {
  readonly declaration: LineageDeclaration;
  readonly generations: readonly Pick<Generation, 'label' | 'certificate' | 'chain'>[];
}

export interface ServedComparison {
  /** What the address is looked at for. */
  readonly lineage: KnownLineage;
  /** Another lineage whose certificate is as good there. @default none */
  readonly orElse?: KnownLineage | undefined;
  readonly address: TlsAddress;
  readonly served: ServedCertificates;
  /** Now. */
  readonly at: Date;
}

/** What was seen, and what is to be said of it. */
export interface JudgedServed {
  readonly detail: string;
  readonly findings: readonly Complaint[];
}

/** The served certificate against the keystore, the name that it is reached by, its end and its chain. */
export function judgeServed(comparison: ServedComparison): JudgedServed {
  const { lineage, orElse, served } = comparison;
  const candidates = [lineage, ...(orElse === undefined ? [] : [orElse])];
  const found = candidates.flatMap(({ declaration, generations }) =>
    generations.flatMap((generation, index) =>
      generation.certificate.equals(served.leaf)
        ? [{ declaration, generation, isCurrent: index === generations.length - 1 }]
        : [],
    ),
  );
  // The same certificate may serve both lineages.
  const best = found.find(({ isCurrent }) => isCurrent) ?? found[0];
  const findings = [
    ...judgeName(comparison),
    ...judgeEnd(comparison),
    ...judgeChain(comparison, best?.generation.chain),
  ];
  if (best === undefined) {
    return {
      detail: `serves ${served.leaf.thumbprint}, which the keystore lacks`,
      findings: [unknown(comparison), ...findings],
    };
  }
  const of = best.declaration.name === lineage.declaration.name ? '' : ` of ${best.declaration.name}`;
  if (best.isCurrent) return { detail: `serves the current ${best.generation.label}${of}`, findings };
  return {
    detail: `serves the superseded ${best.generation.label}${of}`,
    findings: [superseded(comparison, best.declaration, best.generation.label), ...findings],
  };
}

function unknown({ lineage, address, served }: ServedComparison): Complaint {
  const { name, role } = lineage.declaration;
  return {
    id: 'served-certificate-unknown',
    severity: 'error',
    subject: name,
    message: `${whereOf(address)} serves ${served.leaf.thumbprint} (${shown(served.leaf.subject)}), which the keystore does not have`,
    cure: `install the current one in ${roles[role].installedIn}; where a reverse proxy answers at that address, look at the server itself`,
  };
}

function superseded(
  { address, lineage }: ServedComparison,
  { name, role }: LineageDeclaration,
  label: string,
): Complaint {
  return {
    id: 'served-certificate-superseded',
    severity: 'warning',
    subject: lineage.declaration.name,
    message: `${whereOf(address)} serves ${label}${name === lineage.declaration.name ? '' : ` of ${name}`}, which is superseded: the server has not switched yet`,
    cure: `install the current one in ${roles[role].installedIn}, and do not retire ${label} before`,
  };
}

function judgeName({ address, lineage, served }: ServedComparison): Complaint[] {
  if (served.leaf.coversHost(address.host)) return [];
  const { dnsNames, ipAddresses } = served.leaf;
  const names = [...dnsNames, ...ipAddresses];
  return [
    {
      id: 'served-host-name-differs',
      severity: 'error',
      subject: lineage.declaration.name,
      message: `the certificate that ${whereOf(address)} serves is not for ${address.host}, but for ${names.slice(0, 5).map(shown).join(', ') || 'no host'}`,
      cure: `run "vb365 renew ${lineage.declaration.name}" where its configuration has changed, or install the right certificate`,
    },
  ];
}

function judgeEnd({ address, at, lineage, served }: ServedComparison): Complaint[] {
  const { notAfter, notBefore } = served.leaf;
  if (notBefore.getTime() <= at.getTime() && at.getTime() <= notAfter.getTime()) return [];
  const isOver = at.getTime() > notAfter.getTime();
  const when = isOver ? `expired at ${formatInstant(notAfter)}` : `is not valid before ${formatInstant(notBefore)}`;
  return [
    {
      id: 'served-certificate-expired',
      severity: 'error',
      subject: lineage.declaration.name,
      message: `the certificate that ${whereOf(address)} serves ${when}: no client connects`,
      cure: isOver ? 'renew it, and install its successor' : 'check the clocks of the server and of this machine',
    },
  ];
}

/** @param chain issuers that the keystore has of the served certificate */
function judgeChain({ address, lineage, served }: ServedComparison, chain: readonly Certificate[] = []): Complaint[] {
  const { issuers, leaf } = served;
  if (leaf.isSelfSigned) return [];
  // A root need not be sent: whoever trusts it has it, RFC 8446 §4.4.2.
  const needed = chain.filter((issuer) => !issuer.isSelfSigned);
  const absent = needed.filter((issuer) => !issuers.some((sent) => sent.equals(issuer)));
  if (absent.length === 0 && (needed.length > 0 || issuers.length > 0 || chain.length > 0)) return [];
  const names = absent.map(({ subject }) => shown(subject)).join(', ');
  return [
    {
      id: 'served-chain-incomplete',
      severity: absent.length > 0 ? 'warning' : 'advice',
      subject: lineage.declaration.name,
      message:
        absent.length > 0
          ? `${whereOf(address)} does not send the issuer ${names}: clients that do not know it refuse the connection`
          : `${whereOf(address)} sends no issuer of its certificate, and the keystore has none: whether clients know ${shown(leaf.issuer)} cannot be told`,
      cure: 'put the issuers into the store Intermediate Certification Authorities of the server, or import the certificate with its chain',
    },
  ];
}

function whereOf({ host, port }: TlsAddress): string {
  return `${host}:${port}`;
}

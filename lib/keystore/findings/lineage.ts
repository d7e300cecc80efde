import type { Certificate } from '../../certificates/certificate';
import type { Finding } from '../../findings';
import { judgeAttestation } from './attestation';
import { judgeContent, judgeSealedKey } from './content';
import { falseHeadLines, isKeyElsewhere, parseCrtFile } from '../crt-file';
import { foreignEntry, judgeFile, malformedName, pathFinding } from './entry';
import type { KeyedGeneration } from './shared-keys';
import { generationLabel } from '../../catalogue/lineage-name';
import {
  ATTESTATION_SUFFIX,
  CERTIFICATE_SUFFIX,
  entriesOf,
  type GenerationFiles,
  isGenerationFile,
  isUnfinished,
  KEY_SUFFIX,
  listGenerations,
} from '../listing';
import { judgeRequest } from '../requests/pending-request-findings';
import { isRequestFile, isUnfinishedRequest } from '../requests/pending-request-files';
import { doingWithout } from '../sealing/sealed-text';

/** What was surely meant to be a file of a generation: `1.crt`, `0001.CRT`, `0001.pem`, `0001.crt.txt`. */
const MISNAMED = /^\d+\.(?:crt|cer|pem|key|age|key\.age)(?:\.txt)?$/i;

/** Told of each generation whose certificate can be read, so that no certificate is read twice. */
type OnRead = (generation: KeyedGeneration) => void;

/** Judges the folder of one lineage. */
export function judgeLineage(folder: string, lineage: string, onRead: OnRead = () => undefined): Finding[] {
  const generations = listGenerations(folder);
  const current = generations.findLast(({ certificateFile }) => certificateFile !== undefined);
  return [
    ...judgeNames(folder, lineage, generations),
    ...judgeNumbers(lineage, generations),
    ...generations.flatMap((files) => judgePair(lineage, files, files.number === current?.number)),
    ...judgeCertificates(lineage, generations, onRead),
    ...generations.flatMap((files) => judgeKey(lineage, files, files.number === current?.number)),
    ...judgeRequest(folder, lineage, generations),
  ];
}

function judgeNames(folder: string, lineage: string, generations: readonly GenerationFiles[]): Finding[] {
  const attested = new Set(generations.map(({ label }) => label + ATTESTATION_SUFFIX));
  return entriesOf(folder).flatMap((entry) => {
    const path = `${lineage}/${entry.name}`;
    if (isUnfinished(entry) || isUnfinishedRequest(entry)) {
      const message = `${path} was left by a command that was stopped; what that did holds already`;
      return pathFinding(
        'keystore-unfinished',
        'advice',
        path,
        message,
        'run the command again: it finishes this first',
      );
    }
    if (entry.name.startsWith('.')) return [];
    if (entry.name.endsWith(ATTESTATION_SUFFIX) && isGenerationFile(entry) && !attested.has(entry.name)) {
      return foreignEntry(path, 'attestations of generations that are there');
    }
    if (isGenerationFile(entry) || isRequestFile(entry)) return judgeFile(entry, path) ?? [];
    return MISNAMED.test(entry.name)
      ? malformedName(path, 'files are named 0001.crt and 0001.key.age, with four digits, from 0001')
      : foreignEntry(path, 'the files of generations, such as 0001.crt and 0001.key.age');
  });
}

/** Retiring takes the oldest away, so only a gap after the first says that something was lost. */
function judgeNumbers(lineage: string, generations: readonly GenerationFiles[]): Finding[] {
  return generations.slice(1).flatMap(({ number, label }, index) => {
    const before = generations[index]?.number ?? number;
    if (number === before + 1) return [];
    const message = `${lineage} goes from generation ${generationLabel(before)} to ${label}, with nothing between`;
    const cure = 'where the generation between was not removed on purpose, restore it from Git';
    return pathFinding('keystore-generation-gap', 'advice', lineage, message, cure);
  });
}

function judgePair(
  lineage: string,
  { label, certificateFile, keyFile }: GenerationFiles,
  isCurrent: boolean,
): Finding[] {
  const path = `${lineage}/${label}`;
  if (certificateFile === undefined && keyFile !== undefined) {
    const message = `${path}${KEY_SUFFIX} stands without ${label}${CERTIFICATE_SUFFIX}, so the generation is not read`;
    const cure = 'restore the certificate from Git, or remove the key';
    return [pathFinding('keystore-certificate-missing', 'error', path, message, cure)];
  }
  if (certificateFile !== undefined && keyFile === undefined && !isKeyElsewhere(certificateFile)) {
    const lost = `${path}${CERTIFICATE_SUFFIX} stands without ${label}${KEY_SUFFIX}`;
    const [severity, comes] = isCurrent
      ? (['error', 'nobody can install the certificate, and nothing says where its key is'] as const)
      : (['warning', 'it is superseded, and can no longer be installed'] as const);
    const cure = `restore the key from Git, or ${doingWithout(lineage, !isCurrent)}`;
    return [pathFinding('keystore-key-missing', severity, path, `${lost}: ${comes}`, cure)];
  }
  return [];
}

function judgeCertificates(lineage: string, generations: readonly GenerationFiles[], onRead: OnRead): Finding[] {
  const labels = new Map<string, string>();
  return generations.flatMap(({ attestationFile, certificateFile, label }) => {
    if (certificateFile === undefined) return [];
    const path = `${lineage}/${label}${CERTIFICATE_SUFFIX}`;
    return judgeContent(path, certificateFile, (text) => {
      const { certificate } = parseCrtFile(text, path);
      onRead({ lineage, label, certificate });
      const first = labels.get(certificate.thumbprintSha256);
      labels.set(certificate.thumbprintSha256, first ?? label);
      const generation = { lineage, label, certificate };
      return [
        ...judgeHead(text, path, generation),
        ...(first === undefined ? [] : [repeated(path, first, certificate)]),
        ...(attestationFile === undefined ? [] : judgeAttestation(generation, attestationFile)),
      ];
    });
  });
}

function judgeHead(
  text: string,
  path: string,
  said: { readonly lineage: string; readonly label: string; readonly certificate: Certificate },
): Finding[] {
  return falseHeadLines(text, said.lineage, said.label, said.certificate).map(({ name }) => {
    if (name === 'Added') return unreadableMoment(path);
    const message = `the line "${name}:" of ${path} says something else than the certificate below it, or its place`;
    const cure =
      'restore the file from Git as it was, and find out who changed it; "openssl x509 -noout -text -in <file>" shows what the certificate is';
    return pathFinding('keystore-head-differs', 'warning', path, message, cure);
  });
}

function unreadableMoment(path: string): Finding {
  const message = `the line "Added:" of ${path} is no moment such as 2027-01-31T08:00:00Z, so the overlap counts from the first moment of the certificate's validity`;
  const cure = 'restore the file from Git: the line says when the certificate entered the keystore';
  return pathFinding('keystore-head-differs', 'warning', path, message, cure);
}

function repeated(path: string, first: string, certificate: Certificate): Finding {
  const message = `${path} holds the certificate ${certificate.thumbprint}, which is generation ${first} already`;
  return pathFinding(
    'keystore-certificate-repeated',
    'error',
    path,
    message,
    'remove both files of one of the two generations',
  );
}

function judgeKey(lineage: string, { label, keyFile }: GenerationFiles, isCurrent: boolean): Finding[] {
  if (keyFile === undefined) return [];
  return judgeSealedKey(`${lineage}/${label}${KEY_SUFFIX}`, keyFile, {
    replace: doingWithout(lineage, !isCurrent),
    isSuperseded: !isCurrent,
    conflict: 'take both files of the generation from one branch, and run "vb365 renew" again',
  });
}

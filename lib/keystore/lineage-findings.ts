import { readFileSync } from 'node:fs';
import type { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import { falseHeadLines, hasMergeConflict, hasPrivateKey, parseCrtFile } from './crt-file';
import { fileError } from './durable-files';
import { foreignEntry, judgeFile, malformedName, pathFinding } from './entry-findings';
import { generationLabel } from './lineage-name';
import {
  CERTIFICATE_SUFFIX,
  entriesOf,
  type GenerationFiles,
  isGenerationFile,
  isUnfinished,
  KEY_SUFFIX,
  listGenerations,
} from './listing';
import { isSealed } from './sealing';

/** A certificate signing request that waits for its answer. */
const REQUEST_FILES = new Set(['request.csr', 'request.key.age']);
/** What was surely meant to be a file of a generation: `1.crt`, `0001.CRT`, `0001.pem`, `0001.crt.txt`. */
const MISNAMED = /^\d+\.(?:crt|cer|pem|key|age|key\.age)(?:\.txt)?$/i;

/** Judges the folder of one lineage. */
export function judgeLineage(folder: string, lineage: string): Finding[] {
  const generations = listGenerations(folder);
  return [
    ...judgeNames(folder, lineage),
    ...judgeNumbers(lineage, generations),
    ...generations.flatMap((files) => judgePair(lineage, files)),
    ...judgeCertificates(lineage, generations),
    ...generations.flatMap((files) => judgeKey(lineage, files)),
  ];
}

function judgeNames(folder: string, lineage: string): Finding[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = `${lineage}/${entry.name}`;
    if (isUnfinished(entry)) {
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
    if (isGenerationFile(entry) || REQUEST_FILES.has(entry.name)) return judgeFile(entry, path) ?? [];
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

function judgePair(lineage: string, { label, certificateFile, keyFile }: GenerationFiles): Finding[] {
  const path = `${lineage}/${label}`;
  if (certificateFile === undefined && keyFile !== undefined) {
    const message = `${path}${KEY_SUFFIX} stands without ${label}${CERTIFICATE_SUFFIX}, so the generation is not read`;
    const cure = 'restore the certificate from Git, or remove the key';
    return [pathFinding('keystore-certificate-missing', 'error', path, message, cure)];
  }
  if (certificateFile !== undefined && keyFile === undefined) {
    const message = `${path}${CERTIFICATE_SUFFIX} stands without ${label}${KEY_SUFFIX}: it can be published, but not installed`;
    const cure = 'restore the key from Git, or renew the certificate';
    return [pathFinding('keystore-key-missing', 'warning', path, message, cure)];
  }
  return [];
}

function judgeCertificates(lineage: string, generations: readonly GenerationFiles[]): Finding[] {
  const labels = new Map<string, string>();
  return generations.flatMap(({ label, certificateFile }) => {
    if (certificateFile === undefined) return [];
    const path = `${lineage}/${label}${CERTIFICATE_SUFFIX}`;
    return judgeContent(path, certificateFile, (text) => {
      const { certificate } = parseCrtFile(text, path);
      const first = labels.get(certificate.thumbprintSha256);
      labels.set(certificate.thumbprintSha256, first ?? label);
      const deceptions = judgeHead(text, path, { lineage, label, certificate });
      return first === undefined ? deceptions : [...deceptions, repeated(path, first, certificate)];
    });
  });
}

function judgeHead(
  text: string,
  path: string,
  said: { readonly lineage: string; readonly label: string; readonly certificate: Certificate },
): Finding[] {
  return falseHeadLines(text, said.lineage, said.label, said.certificate).map(({ name }) => {
    const message = `the line "${name}:" of ${path} says something else than the certificate below it, or its place`;
    const cure = 'believe the certificate, and find out who changed the file; "openssl x509 -text" shows what it is';
    return pathFinding('keystore-head-differs', 'warning', path, message, cure);
  });
}

function repeated(path: string, first: string, certificate: Certificate): Finding {
  const message = `${path} holds the certificate ${certificate.thumbprint}, which is generation ${first} already`;
  return pathFinding('keystore-certificate-repeated', 'error', path, message, 'retire one of the two generations');
}

function judgeKey(lineage: string, { label, keyFile }: GenerationFiles): Finding[] {
  if (keyFile === undefined) return [];
  const path = `${lineage}/${label}${KEY_SUFFIX}`;
  return judgeContent(path, keyFile, (text) => {
    if (hasPrivateKey(text)) {
      const cure = 'take the key as leaked: remove it from Git and its history, and renew the certificate';
      return [
        pathFinding('keystore-key-in-clear', 'error', path, `${path} holds a private key that is not sealed`, cure),
      ];
    }
    if (hasMergeConflict(text)) {
      const message = `${path} holds conflict markers of Git: two branches renewed at once`;
      const cure = 'take both files of the generation from one branch, and run "vb365 renew" again';
      return [pathFinding('keystore-merge-conflict', 'error', path, message, cure)];
    }
    if (isSealed(text)) return [];
    const message = `${path} is not armoured text sealed with age, or is cut off`;
    const cure = 'restore the file from Git, or renew the certificate';
    return [pathFinding('keystore-key-not-sealed', 'error', path, message, cure)];
  });
}

/** Reads a file and judges its text; what cannot be read or parsed is a finding, too. */
function judgeContent(path: string, file: string, judge: (text: string) => Finding[]): Finding[] {
  try {
    return judge(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message, cure } =
      error instanceof Vb365Error ? error : fileError('keystore-unreadable', path, 'read', error);
    return [pathFinding(code, 'error', path, message, cure)];
  }
}

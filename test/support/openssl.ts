import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from '../../lib/certificates/certificate';

export type TestKey = 'rsa-2048' | 'rsa-2047' | 'rsa-1024' | 'rsa-3072' | 'rsa-pss-2048' | 'ec' | 'ed25519';

export interface OpensslCertificateOptions {
  /** @default 'rsa-2048' */
  readonly key?: TestKey;
  /** Arguments such as `-sha384`. @default ['-sha256'] */
  readonly signing?: readonly string[];
  /** As `openssl req -subj` takes it. @default '/CN=vb365.example.com' */
  readonly subject?: string;
  /** Lines of an extension section of openssl.cnf, and whatever sections follow. @default none */
  readonly extensions?: readonly string[];
  /** A certification authority instead of the own key. @default false */
  readonly byAuthority?: boolean;
}

const keys = new Map<TestKey, KeyObject>();

/** The private key of that kind; the same one for the whole test file. */
export function testKey(kind: TestKey): KeyObject {
  const key = keys.get(kind) ?? generate(kind);
  keys.set(kind, key);
  return key;
}

/** A certificate that the openssl program has made. */
export function opensslCertificate(options: OpensslCertificateOptions = {}): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-openssl-'));
  try {
    return Certificate.fromPem(options.byAuthority ? authoritySigned(folder, options) : selfSigned(folder, options));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `openssl x509 -noout …` says of a certificate. */
export function opensslSays(certificate: Certificate, ...args: readonly string[]): string {
  return openssl(['x509', '-noout', ...args], certificate.pem);
}

/** A certificate signing request that the openssl program has made. */
export function opensslRequest(key: TestKey, subject: string, ...more: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-openssl-'));
  try {
    return openssl(['req', '-new', '-key', write(folder, 'leaf.key', pemOf(key)), '-subj', subject, ...more]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function openssl(args: readonly string[], input = ''): string {
  return execFileSync('openssl', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
}

function selfSigned(folder: string, options: OpensslCertificateOptions): string {
  const key = write(folder, 'leaf.key', pemOf(options.key));
  const config = write(folder, 'openssl.cnf', configOf(options.extensions));
  const signing = options.signing ?? ['-sha256'];
  return openssl(['req', '-x509', '-config', config, '-key', key, '-utf8', '-subj', subjectOf(options), ...signing]);
}

function authoritySigned(folder: string, options: OpensslCertificateOptions): string {
  const authorityKey = write(folder, 'ca.key', pemOf('rsa-2048'));
  const authority = write(folder, 'ca.crt', selfSigned(folder, { subject: '/CN=Test CA', extensions: AUTHORITY }));
  const key = write(folder, 'leaf.key', pemOf(options.key ?? 'rsa-3072'));
  const config = write(folder, 'openssl.cnf', configOf([]));
  const request = openssl(['req', '-new', '-config', config, '-key', key, '-utf8', '-subj', subjectOf(options)]);
  const extensions = write(folder, 'extensions.cnf', ['[leaf]', ...(options.extensions ?? [])].join('\n'));
  const by = ['-CA', authority, '-CAkey', authorityKey, '-set_serial', '0x4711'];
  const signing = options.signing ?? ['-sha256'];
  return openssl(['x509', '-req', ...by, '-extfile', extensions, '-extensions', 'leaf', ...signing], request);
}

const AUTHORITY = ['basicConstraints = critical, CA:TRUE', 'keyUsage = critical, keyCertSign, cRLSign'];

function configOf(extensions: readonly string[] = []): string {
  const names = ['[req]', 'distinguished_name = name', '[name]'];
  if (extensions.length === 0) return names.join('\n');
  return ['[req]', 'distinguished_name = name', 'x509_extensions = leaf', '[name]', '[leaf]', ...extensions].join('\n');
}

function subjectOf(options: OpensslCertificateOptions): string {
  return options.subject ?? '/CN=vb365.example.com';
}

function pemOf(kind: TestKey = 'rsa-2048'): string {
  return testKey(kind).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function generate(kind: TestKey): KeyObject {
  switch (kind) {
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    case 'rsa-pss-2048':
      return generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
    case 'rsa-1024':
    case 'rsa-2047':
    case 'rsa-2048':
    case 'rsa-3072':
      return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice('rsa-'.length)) }).privateKey;
  }
}

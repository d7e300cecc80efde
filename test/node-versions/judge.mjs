// Judges every input of verdicts.json (by check: pairs of input and verdict) by the built package, under the Node that runs this:
//   node test/node-versions/judge.mjs [folder with lib, default: dist]
// Prints each verdict as JSON, which is the same under every Node to the byte, and ends with 1 where one is not that of the table.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { certificate, pem, privateKey, request } from './der.mjs';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../dist'));
const require = createRequire(import.meta.url);
const load = (name) => require(join(folder, 'lib', `${name}.js`));

const { Certificate } = load('certificates/certificate');
const { CertificateRequest } = load('certificates/x509/certificate-request');
const { certificateProfile } = load('certificates/profile');
const { readPemPair } = load('certificates/pem-pair');
const { parseHostName } = load('addresses/host-name');
const { parseRedirectUri } = load('addresses/redirect-uri');
const { parseWebAddress } = load('addresses/web-address');
const { urlPartsOf } = load('addresses/url-parts');
const { shown } = load('words/shown');
const { parseDisplayName } = load('config/schema/values');
const { excerpt } = load('words/excerpt');
const { parseRestAddress } = load('rest/address');
const { findClues } = load('lifecycle/explain/clues');

/** By the name that a row gives. */
const CHECKS = {
  hostName: parseHostName,
  certificateHost: (host) => {
    const { dnsNames, ipAddresses } = certificateProfile('server', { commonName: 'a', hosts: [host] });
    return [...dnsNames, ...ipAddresses].join();
  },
  webAddress: (text) => parseWebAddress(text).canonical,
  redirectUri: (text) => parseRedirectUri(text, 'spa'),
  restAddress: (text) => Object.values(parseRestAddress(text)).join(' '),
  address: (text) => urlPartsOf(text)?.href ?? 'no address',
  refusedRedirectUri: (uri) =>
    findClues(`AADSTS50011: The redirect URI '${uri}' is not registered`)[0].redirectUri ?? 'no address',
  shown,
  displayName: parseDisplayName,
  excerpt,
  notAfter: (notAfter) => Certificate.fromDer(certificate({ notAfter })).notAfter.toISOString(),
  subject: (subject) => Certificate.fromDer(certificate({ subject })).subject,
  serialNumber: (serial) => Certificate.fromDer(certificate({ serial })).serialNumber,
  publicKey: (key) => {
    const { isSelfSigned, keyAlgorithm, keySize, publicKeyHash } = Certificate.fromDer(certificate({ key }));
    return { isSelfSigned, keyAlgorithm, keySize: keySize ?? null, hasHash: publicKeyHash !== '' };
  },
  covers: ({ host, ...options }) => Certificate.fromDer(certificate(options)).coversHost(host),
  requestOf: (key) => CertificateRequest.fromPem(pem('CERTIFICATE REQUEST', request({ key }))).keySize,
  // A key that nothing is said against lacks its certificate.
  privateKey: (options) => readPemPair(pem('PRIVATE KEY', privateKey(options))),
};

const table = JSON.parse(readFileSync(join(import.meta.dirname, 'verdicts.json'), 'utf8'));
const verdicts = Object.entries(table).flatMap(([check, rows]) =>
  rows.map(([input, expected]) => {
    const { verdict, message } = judge(CHECKS[check], input);
    if (JSON.stringify(verdict) !== JSON.stringify(expected)) {
      process.exitCode = 1;
      const [said, wanted] = [verdict, expected].map((value) => JSON.stringify(value));
      console.error(`${check} of ${JSON.stringify(input)}: ${said} instead of ${wanted}`);
    }
    return { check, input, verdict, message };
  }),
);
console.log(JSON.stringify(verdicts, undefined, 2));

function judge(check, input) {
  try {
    return { verdict: check(input) };
  } catch (error) {
    // What is no coded error is a fault, whose text is the one of the machine.
    if (typeof error.code !== 'string') throw error;
    return { verdict: `error ${error.code}`, message: error.message };
  }
}

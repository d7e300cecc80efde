import { mkdirSync } from 'node:fs';
import { testKey } from '../../support/openssl';
import { all, CONTOSO, remove, situations, type Step, write } from '../situation';

const EXPORT = `vb365 export ${CONTOSO} --out own.pfx --generate-password own.password`;
const IMPORT = `vb365 import ${CONTOSO}`;
const PASSED = 'openssl pkcs12 -in own.pfx -passin file:own.password';
/** What was exported once, and has left the keystore since: a PFX, and certificate and key as PEM. */
const taken = [
  EXPORT,
  `${PASSED} -nodes -nocerts -out key.pem`,
  `${PASSED} -nokeys -out certificate.pem`,
  remove(`keystore/${CONTOSO}`),
] as const;
const OLD = 'openssl pkcs12 -export -in certificate.pem -inkey key.pem -passout pass:secret';
const NEW = `${IMPORT} new.pfx --password-env PASSWORD`;
const env = { PASSWORD: 'secret' };

const convert: Step = withPasswords(
  'openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem && openssl pkcs12 -export -in all.pem -out new.pfx && rm all.pem',
);
const importOld = `${IMPORT} old.pfx --password-env PASSWORD`;

/** Files that come in, and files that are written. */
export const fileSituations = situations([
  {
    code: 'pfx-cipher-unsupported',
    when: 'a PFX is encrypted with single DES',
    before: all(...taken, `${OLD} -legacy -keypbe PBE-MD5-DES -certpbe PBE-MD5-DES -out old.pfx`),
    ...{ env, command: importOld, cure: [convert], again: NEW },
  },
  {
    code: 'pfx-cipher-unsupported',
    when: 'a key is encrypted by a password through scrypt',
    before: all(...taken, 'openssl pkcs8 -topk8 -scrypt -in key.pem -passout pass:secret -out old.key'),
    command: `${IMPORT} certificate.pem --key old.key --password-env PASSWORD`,
    env,
    cure: [
      {
        printed: 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key',
        run: 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -passin pass:secret -passout pass:secret -out new.key',
      },
    ],
    again: `${IMPORT} certificate.pem --key new.key --password-env PASSWORD`,
  },
  {
    code: 'pfx-mac-unsupported',
    when: 'a PFX has a MAC of SHA-3',
    before: all(...taken, `${OLD} -macalg sha3-256 -out old.pfx`),
    ...{ env, command: importOld, cure: [convert], again: NEW },
  },
  {
    code: 'pfx-not-a-pfx',
    when: 'a Java keystore comes',
    before: all(...taken, `${OLD} -name own -out new.p12`, keytool('JKS', 'old.jks')),
    command: `${IMPORT} old.jks`,
    env,
    cure: [
      remove('new.p12'),
      withStorePasswords('keytool -importkeystore -srckeystore old.jks -destkeystore new.p12 -deststoretype PKCS12'),
    ],
    again: `${IMPORT} new.p12 --password-env PASSWORD`,
  },
  {
    code: 'pfx-not-a-pfx',
    when: 'an old Java keystore comes',
    before: all(...taken, `${OLD} -name own -out new.p12`, keytool('JCEKS', 'old.jceks')),
    command: `${IMPORT} old.jceks`,
    env,
    cure: [
      remove('new.p12'),
      withStorePasswords(
        'keytool -importkeystore -srckeystore old.jceks -srcstoretype JCEKS -destkeystore new.p12 -deststoretype PKCS12',
      ),
    ],
    again: `${IMPORT} new.p12 --password-env PASSWORD`,
  },
  {
    code: 'import-pem-expected',
    when: 'a key is DER',
    before: all(...taken, 'openssl pkey -in key.pem -outform der -out old.key'),
    command: `${IMPORT} certificate.pem --key old.key`,
    cure: ['openssl pkey -inform der -in old.key -out new.key'],
    again: `${IMPORT} certificate.pem --key new.key`,
  },
  {
    code: 'pem-key-unreadable',
    when: 'a key is in the form of OpenSSH',
    before: all(...taken, 'cp key.pem copy.key', 'chmod 600 copy.key', 'ssh-keygen -q -p -P "" -N "" -f copy.key'),
    command: `${IMPORT} certificate.pem --key copy.key`,
    cure: [
      {
        printed: 'ssh-keygen -p -m PKCS8 -f copy.key',
        run: 'ssh-keygen -q -p -m PKCS8 -P "" -N "" -f copy.key',
      },
    ],
  },
  {
    code: 'pfx-not-a-pfx',
    when: 'certificates are given where a bundle asks for a PFX',
    before: all(...taken),
    command: `${IMPORT} vb365.yaml`,
    cure: [],
    again: `${IMPORT} own.pfx --password-file own.password`,
  },
  {
    code: 'pfx-truncated',
    when: 'a PFX was cut off on its way',
    before: all(...taken, 'head -c 1000 own.pfx > cut.pfx'),
    command: `${IMPORT} cut.pfx --password-file own.password`,
    cure: [],
    again: `${IMPORT} own.pfx --password-file own.password`,
  },
  {
    code: 'pfx-password-wrong',
    when: 'a password is another one',
    before: all(...taken),
    command: `${IMPORT} own.pfx --password-env PASSWORD`,
    env,
    cure: [],
    again: `${IMPORT} own.pfx --password-file own.password`,
  },
  {
    code: 'import-source-ambiguous',
    when: 'no file is named',
    before: all(...taken),
    command: IMPORT,
    cure: [],
    again: `${IMPORT} own.pfx --password-file own.password`,
  },
  {
    code: 'import-key-elsewhere',
    when: 'a file with a key is said to have none',
    before: all(...taken),
    command: `${IMPORT} own.pfx --password-file own.password --key-elsewhere`,
    cure: [],
    again: `${IMPORT} certificate.pem --key-elsewhere`,
  },
  {
    code: 'import-refused',
    when: 'a certificate is for another host',
    before: all(
      'openssl req -x509 -newkey rsa:2048 -noenc -subj /CN=other -days 365 -keyout other.key -out other.crt ' +
        '-addext subjectAltName=DNS:other.example.com -addext basicConstraints=critical,CA:FALSE',
    ),
    since: new Date(Date.now() + 3_600_000).toISOString(),
    command: 'vb365 import primary/rest-api other.crt --key other.key',
    cure: [],
    again: 'vb365 import primary/rest-api other.crt --key other.key --accept certificate-name-mismatch',
  },
  {
    code: 'certificate-of-another-key',
    when: 'a key is that of another certificate',
    before: all(...taken, write('other.key', testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString())),
    command: `${IMPORT} certificate.pem --key other.key`,
    cure: [],
    again: `${IMPORT} certificate.pem --key key.pem`,
  },
  {
    code: 'output-exists',
    when: 'a file is there already',
    before: all(EXPORT),
    command: EXPORT,
    cure: [],
    again: `${EXPORT} --force`,
  },
  {
    code: 'output-same-file',
    when: 'the password shall go into the PFX',
    command: `vb365 export ${CONTOSO} --out own.pfx --generate-password own.pfx`,
    cure: [],
    again: EXPORT,
  },
  {
    code: 'output-unwritable',
    when: 'a folder is named',
    before: (place) => {
      mkdirSync(place.path('own.pfx'));
    },
    command: `${EXPORT} --force`,
    cure: [],
    again: `vb365 export ${CONTOSO} --out other.pfx --generate-password own.password`,
  },
  {
    code: 'output-inside-repository',
    when: 'a PFX is written beside the configuration',
    command: EXPORT,
    cure: [],
    again: `vb365 export ${CONTOSO} --out ../own.pfx --generate-password ../own.password`,
  },
  {
    code: 'password-needed',
    when: 'nobody is there to be asked',
    before: write('password', 'secret'),
    command: `vb365 export ${CONTOSO}`,
    cure: [],
    again: `vb365 export ${CONTOSO} --password-file password`,
  },
  {
    code: 'password-variable-missing',
    when: 'a variable is not set',
    command: `vb365 export ${CONTOSO} --password-env MY_PASSWORD`,
    cure: [],
    cureEnv: { MY_PASSWORD: 'secret' },
  },
  {
    code: 'password-file-unreadable',
    when: 'the file of a password is not there',
    command: `vb365 export ${CONTOSO} --password-file password`,
    cure: [write('password', 'secret')],
  },
  {
    code: 'password-source-ambiguous',
    when: 'a password is given in two ways',
    env,
    before: write('password', 'secret'),
    command: `vb365 export ${CONTOSO} --password-file password --password-env PASSWORD`,
    cure: [],
    again: `vb365 export ${CONTOSO} --password-file password`,
  },
  {
    code: 'password-empty',
    when: 'a variable is empty',
    env: { PASSWORD: '' },
    command: `vb365 export ${CONTOSO} --password-env PASSWORD`,
    cure: [],
    again: EXPORT,
  },
]);

/** A command of openssl that would ask for them. */
function withPasswords(printed: string): Step {
  const run = printed
    .replace('-in old.pfx', '-in old.pfx -passin pass:secret')
    .replace('-out new.pfx', '-passout pass:secret -out new.pfx');
  return { printed, run };
}

function withStorePasswords(printed: string): Step {
  return { printed, run: `${printed} -srcstorepass secret -deststorepass secret -noprompt` };
}

/** Makes a Java keystore of a PFX. */
function keytool(kind: string, file: string): string {
  const from = '-srckeystore new.p12 -srcstoretype PKCS12 -srcstorepass secret';
  return `keytool -importkeystore ${from} -destkeystore ${file} -deststoretype ${kind} -deststorepass secret -noprompt`;
}

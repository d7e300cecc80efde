import { readPfx } from '../../../lib/certificates/pfx/read';
import { itWith, Workshop } from '../../support/pfx-tools';
import { thrownBy } from '../../support/thrown';

const workshop = new Workshop();
afterAll(() => {
  workshop.dispose();
});

function keytool(keystore: string, command: string, options: readonly string[] = []): void {
  const store = ['-storetype', 'PKCS12', '-keystore', keystore, '-storepass', 'changeit'];
  workshop.run('keytool', [...options, ...command.split(' '), ...store]);
}

function makeKey(keystore: string, alias: string, options?: readonly string[]): void {
  keytool(keystore, `-genkeypair -alias ${alias} -keyalg RSA -keysize 2048 -dname CN=${alias}.example.com`, options);
}

describe('a PFX of Java keytool', () => {
  const variants = {
    'its default (AES-256, SHA-256)': [],
    'its legacy form (RC2-40, 3DES, SHA-1)': ['-J-Dkeystore.pkcs12.legacy'],
    'neither MAC nor encrypted certificates': [
      '-J-Dkeystore.pkcs12.macAlgorithm=NONE',
      '-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE',
    ],
  };
  for (const [name, options] of Object.entries(variants)) {
    itWith('keytool')(`with ${name} is read`, () => {
      const file = `${options.length}-options.p12`;
      makeKey(file, 'java', options);
      const { certificate, privateKey, chain } = readPfx(workshop.read(file), 'changeit');
      expect(certificate.subject).toBe('CN=java.example.com');
      expect(certificate.belongsTo(privateKey)).toBe(true);
      expect(chain).toEqual([]);
    });
  }

  itWith('keytool')('with two keys is refused by the names of both', () => {
    makeKey('two.p12', 'first');
    makeKey('two.p12', 'second');
    const error = thrownBy(() => readPfx(workshop.read('two.p12'), 'changeit'));
    expect(error?.code).toBe('private-keys-several');
    expect(error?.message).toMatch(/"first".*"second"/);
  });

  itWith('keytool')('that is a trust store holds no private key', () => {
    workshop.selfSigned('root');
    keytool('trust.p12', '-importcert -noprompt -alias root -file root.crt');
    expect(thrownBy(() => readPfx(workshop.read('trust.p12'), 'changeit'))?.code).toBe('private-key-missing');
  });

  itWith('keytool')('in the format JKS is named, with the command that converts it', () => {
    const store = ['-storetype', 'JKS', '-keystore', 'old.jks', '-storepass', 'changeit', '-keypass', 'changeit'];
    const key = '-genkeypair -alias old -keyalg RSA -dname CN=old.example.com'.split(' ');
    workshop.run('keytool', [...key, ...store]);
    const error = thrownBy(() => readPfx(workshop.read('old.jks'), 'changeit'));
    expect(error?.code).toBe('pfx-not-a-pfx');
    expect(error?.message).toBe('the file is not a PFX: it is a Java keystore (JKS)');
    expect(error?.cure).toContain('keytool -importkeystore');
  });
});

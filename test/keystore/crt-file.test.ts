import fc from 'fast-check';
import { falseHeadLines, formatCrtFile, parseCrtFile } from '../../lib/keystore/crt-file';
import { certificateOf, containing, errorOf } from './fixtures';
import { hasMergeConflict } from '../../lib/keystore/merge-conflict';

const FILE = 'contoso/server/0001.crt';
const leaf = certificateOf('vb365.example.com', ['vb365.example.com', 'portal.example.com']);
const issuer = certificateOf('Example Issuing CA');
const text = formatCrtFile('contoso/server', '0001', { certificate: leaf, chain: [issuer], accepted: [] });
const head = text.slice(0, text.indexOf('\n\n'));

describe('formatCrtFile', () => {
  it('says in readable lines what the certificate is', () => {
    expect(head.split('\n')).toEqual([
      'Lineage: contoso/server',
      'Generation: 0001',
      'Subject: CN=vb365.example.com',
      'Issuer: CN=vb365.example.com',
      'Names: vb365.example.com, portal.example.com',
      `Thumbprint: ${leaf.thumbprint}`,
      `SHA-256: ${leaf.thumbprintSha256}`,
      'Valid from: 2030-01-01T00:00:00Z',
      'Valid to: 2031-01-01T00:00:00Z',
    ]);
  });

  it('puts the leaf before its issuers, and ends with one line end', () => {
    expect(text.slice(head.length)).toBe(`\n\n${leaf.pem}\n${issuer.pem}\n`);
  });

  it('leaves out the line for names where the certificate has none', () => {
    expect(formatCrtFile('a/b', '0001', { certificate: issuer, chain: [], accepted: [] })).not.toContain('Names:');
  });

  it('says when the certificate entered the keystore, to the second', () => {
    const added = new Date('2030-02-03T04:05:06.789Z');
    const written = formatCrtFile('a/b', '0001', { certificate: leaf, chain: [], accepted: ['any'], added });
    expect(written).toContain('Valid to: 2031-01-01T00:00:00Z\nAdded: 2030-02-03T04:05:06Z\nAccepted: any\n');
  });

  it('lists accepted findings once each, in one order', () => {
    const accepted = ['short-validity', 'ca-as-leaf', 'short-validity'];
    const written = formatCrtFile('a/b', '0001', { certificate: leaf, chain: [], accepted });
    expect(written.match(/^Accepted: .*$/gm)).toEqual(['Accepted: ca-as-leaf', 'Accepted: short-validity']);
  });

  it('keeps letters of every script as they are', () => {
    const certificate = certificateOf('Müller 株式会社 Ελλάς');
    expect(formatCrtFile('a/b', '0001', { certificate, chain: [], accepted: [] })).toContain(
      'Subject: CN=Müller 株式会社 Ελλάς\n',
    );
  });

  it('shows what cannot be seen, so that a name cannot pretend to be another', () => {
    const certificate = certificateOf('vb365\u202Emoc.elpmaxe\u200B\u2028end');
    expect(formatCrtFile('a/b', '0001', { certificate, chain: [], accepted: [] })).toContain(
      'Subject: CN=vb365\\u{202e}moc.elpmaxe\\u{200b}\\u{2028}end\n',
    );
  });
});

describe('parseCrtFile', () => {
  test.each([
    ['as written', text],
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${text}`],
    ['without its head', text.slice(head.length)],
  ])('reads a file %s', (_, input) => {
    const { certificate, chain, accepted } = parseCrtFile(input, FILE);
    expect(certificate.equals(leaf)).toBe(true);
    expect(chain.map(({ thumbprint }) => thumbprint)).toEqual([issuer.thumbprint]);
    expect(accepted).toEqual([]);
  });

  it('believes an accepted finding only above the first certificate', () => {
    const input = `Accepted: above\n${text}\nAccepted: below\n`;
    expect(parseCrtFile(input, FILE).accepted).toEqual(['above']);
  });

  test.each([
    ['the moment', 'Added: 2030-02-03T04:05:06Z\n', '2030-02-03T04:05:06Z'],
    ['a moment of another zone', 'Added: 2030-02-03T06:05:06+02:00\n', '2030-02-03T04:05:06Z'],
    ['the later of two', 'Added: 2030-02-03T04:05:06Z\nAdded: 2029-02-03T04:05:06Z\n', '2030-02-03T04:05:06Z'],
    ['nothing in an older file', '', undefined],
    ['nothing in a damaged line', 'Added: 2030-02-3\n', undefined],
    ['nothing on a day that is none', 'Added: 2030-02-31T00:00:00Z\n', undefined],
    ['nothing in words', 'Added: by Alice\n', undefined],
  ])('reads %s at which it was added', (_, line, expected) => {
    const { added } = parseCrtFile(line + text, FILE);
    expect(added).toEqual(expected === undefined ? undefined : new Date(expected));
  });

  test.each([
    ['holds no certificate', 'Lineage: contoso/server\n'],
    ['is empty', ''],
    ['holds a damaged certificate', text.replace('MII', 'AII')],
    ['is cut off in the first certificate', text.slice(0, head.length + 200)],
    ['is cut off in the second certificate', text.slice(0, -100)],
    ['holds another kind of PEM block', `${text}-----BEGIN X509 CRL-----\nMA==\n-----END X509 CRL-----\n`],
  ])('refuses a file that %s', (_, input) => {
    expect(errorOf(() => parseCrtFile(input, FILE))).toMatchObject({
      code: 'keystore-certificate-unreadable',
      subject: FILE,
    });
  });

  test.each([
    ['begin', '<<<<<<< HEAD\n'],
    ['middle', '=======\r\n'],
    ['end', '>>>>>>> renewal\n'],
  ])('says of a conflict marker (%s) that two branches renewed at once', (_, marker) => {
    const error = errorOf(() => parseCrtFile(`${marker}${text}`, FILE));
    expect(error).toMatchObject({ code: 'keystore-merge-conflict', message: containing('two branches') });
  });

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])('refuses a file with a %s', (kind) => {
    const error = errorOf(() => parseCrtFile(`${text}-----BEGIN ${kind}-----\nc2VjcmV0\n`, FILE));
    expect(error.code).toBe('keystore-key-in-clear');
    expect(JSON.stringify(error)).not.toContain('c2VjcmV0');
  });

  it('gives back what was written, whatever stands in the certificate and in the ids', () => {
    const nasty = fc.constantFrom(
      '\n',
      '\r',
      '\u2028',
      '-----BEGIN CERTIFICATE-----',
      'Accepted: all',
      ': ',
      '<<<<<<< ',
    );
    const hostile = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(''));
    const moment = fc.date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    const id = fc.stringMatching(/^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/);
    fc.assert(
      fc.property(
        hostile,
        fc.array(hostile, { maxLength: 2 }),
        fc.array(id),
        moment,
        (commonName, names, accepted, added) => {
          const certificate = certificateOf(commonName, names);
          const content = { certificate, chain: [issuer], accepted, added };
          const written = formatCrtFile('contoso/server', '0001', content);
          const read = parseCrtFile(written, FILE);
          expect(read.certificate.equals(certificate)).toBe(true);
          expect(read.chain).toHaveLength(1);
          expect(read.accepted).toEqual([...new Set(accepted)].sort());
          expect(read.added).toEqual(new Date(Math.floor(added.getTime() / 1000) * 1000));
          expect(falseHeadLines(written, 'contoso/server', '0001', certificate)).toEqual([]);
          expect(hasMergeConflict(written)).toBe(false);
          expect(formatCrtFile('contoso/server', '0001', read)).toBe(written);
        },
      ),
    );
  });
});

describe('falseHeadLines', () => {
  it('finds nothing in what was written, with any line ends', () => {
    expect(falseHeadLines(text.replaceAll('\n', '\r\n'), 'contoso/server', '0001', leaf)).toEqual([]);
  });

  test.each([
    ['Subject', text.replace('Subject: CN=vb365', 'Subject: CN=other')],
    ['Valid to', text.replace('Valid to: 2031', 'Valid to: 2039')],
    ['Thumbprint', text.replace(leaf.thumbprint, issuer.thumbprint)],
    ['Names', text.replace(', portal.example.com', '')],
  ])('finds a line %s that was changed', (name, input) => {
    expect(falseHeadLines(input, 'contoso/server', '0001', leaf).map((line) => line.name)).toEqual([name]);
  });

  it('finds the names of a place where the file does not stand', () => {
    const names = falseHeadLines(text, 'fabrikam/server', '0002', leaf).map((line) => line.name);
    expect(names).toEqual(['Lineage', 'Generation']);
  });

  test.each(['yesterday', '2030-02-31T00:00:00Z', '2030-02-03'])('finds %s, which is no moment of adding', (value) => {
    const names = falseHeadLines(`Added: ${value}\n${text}`, 'contoso/server', '0001', leaf).map((line) => line.name);
    expect(names).toEqual(['Added']);
  });

  it('has nothing against a moment of adding, whenever it was', () => {
    for (const value of ['1999-01-01T00:00:00Z', '2030-02-03T04:05:06Z', '9999-12-31T23:59:59Z']) {
      expect(falseHeadLines(`Added: ${value}\n${text}`, 'contoso/server', '0001', leaf)).toEqual([]);
    }
  });

  it('has nothing against lines of a person', () => {
    expect(falseHeadLines(`Ticket: 4711\n${text}`, 'contoso/server', '0001', leaf)).toEqual([]);
  });
});

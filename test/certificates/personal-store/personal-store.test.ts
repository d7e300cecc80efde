import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInPersonalStore } from '../../../lib/certificates/personal-store/personal-store';
import { containing, rejectionOf, removeTemporaryFolders, temporaryFolder } from '../../keystore/fixtures';

const THUMBPRINT = 'A909502DD82AE41433E6F83886B00D4277A32A7B';

afterAll(removeTemporaryFolders);

describe('findInPersonalStore, where .NET keeps a folder', () => {
  function homeWith(files: Readonly<Record<string, string>>): { home: string; folder: string } {
    const home = temporaryFolder();
    const folder = join(home, '.dotnet', 'corefx', 'cryptography', 'x509stores', 'my');
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return { home, folder };
  }

  it('gives the PFX of the thumbprint, which has no password', async () => {
    const { home, folder } = homeWith({ [`${THUMBPRINT}.pfx`]: 'this', [`${'0'.repeat(40)}.pfx`]: 'another' });
    const found = await findInPersonalStore(`\u200E${THUMBPRINT.toLowerCase()}`, { platform: 'linux', home });
    expect(found).toEqual({
      pfx: Buffer.from('this'),
      password: undefined,
      subject: join(folder, `${THUMBPRINT}.pfx`),
    });
  });

  it('prefers the first file of a certificate to a second one', async () => {
    const { home } = homeWith({ [`${THUMBPRINT}.1.pfx`]: 'second', [`${THUMBPRINT}.pfx`]: 'first' });
    expect((await findInPersonalStore(THUMBPRINT, { platform: 'linux', home })).pfx.toString()).toBe('first');
    const { home: other } = homeWith({ [`${THUMBPRINT}.1.pfx`]: 'only' });
    expect((await findInPersonalStore(THUMBPRINT, { platform: 'linux', home: other })).pfx.toString()).toBe('only');
  });

  it('says how many it has looked at where none fits', async () => {
    const { home } = homeWith({ [`${'0'.repeat(40)}.pfx`]: '', 'notes.txt': '' });
    expect(await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'linux', home }))).toMatchObject({
      code: 'personal-store-certificate-missing',
      subject: THUMBPRINT,
      message: containing('none of the 1 certificates'),
    });
  });

  it('takes a missing folder for an empty store', async () => {
    const error = await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'linux', home: temporaryFolder() }));
    expect(error.code).toBe('personal-store-certificate-missing');
  });

  it('says that the store, or a file of it, cannot be read', async () => {
    const { home, folder } = homeWith({});
    mkdirSync(join(folder, `${THUMBPRINT}.pfx`));
    const options = { platform: 'linux', home } as const;
    expect((await rejectionOf(findInPersonalStore(THUMBPRINT, options))).code).toBe('personal-store-unreadable');
    const loop = temporaryFolder();
    symlinkSync('.dotnet', join(loop, '.dotnet'));
    const error = await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'linux', home: loop }));
    expect(error.code).toBe('personal-store-unreadable');
  });

  it('refuses what is not a thumbprint before it looks', async () => {
    const { home } = homeWith({});
    expect((await rejectionOf(findInPersonalStore('../x', { platform: 'linux', home }))).code).toBe(
      'thumbprint-malformed',
    );
  });
});

/** PowerShell is played by a shell script that writes down what it was given, and answers as told. */
describe('findInPersonalStore, on Windows', () => {
  function powerShellThat(answer: string): {
    powerShell: string;
    given: () => { args: string[]; environment: string };
  } {
    const folder = temporaryFolder();
    const powerShell = join(folder, 'powershell');
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\nenv > '${folder}/env'\n${answer}\n`;
    writeFileSync(powerShell, script);
    chmodSync(powerShell, 0o755);
    const given = (): { args: string[]; environment: string } => ({
      args: readFileSync(join(folder, 'args'), 'utf8').trim().split('\n'),
      environment: readFileSync(join(folder, 'env'), 'utf8'),
    });
    return { powerShell, given };
  }

  it('gives the PFX that PowerShell prints, with the password that it was told', async () => {
    const { powerShell, given } = powerShellThat(`printf '${Buffer.from('bytes').toString('base64')}'`);
    const found = await findInPersonalStore(THUMBPRINT.toLowerCase(), { platform: 'win32', powerShell });
    expect(found.pfx.toString()).toBe('bytes');
    expect(found.subject).toContain(THUMBPRINT);
    expect(given().environment).toContain(`VB365_STORE_THUMBPRINT=${THUMBPRINT}\n`);
    expect(given().environment).toContain(`VB365_STORE_PASSWORD=${found.password!}\n`);
    expect(found.password).toMatch(/^[\w-]{32}$/);
  });

  it('shows neither password nor thumbprint on the command line, and makes a new password each time', async () => {
    const { powerShell, given } = powerShellThat('printf AAAA');
    const one = await findInPersonalStore(THUMBPRINT, { platform: 'win32', powerShell });
    const { args } = given();
    const other = await findInPersonalStore('0'.repeat(40), { platform: 'win32', powerShell });
    expect(given().args).toEqual(args);
    expect(args.slice(0, 3)).toEqual(['-NoProfile', '-NonInteractive', '-EncodedCommand']);
    expect(Buffer.from(args[3]!, 'base64').toString('utf16le')).toContain(
      "$all.Export('Pfx', $env:VB365_STORE_PASSWORD)",
    );
    expect(one.password).not.toBe(other.password);
  });

  it.each([
    [3, 'personal-store-certificate-missing'],
    [4, 'personal-store-key-missing'],
    [5, 'personal-store-key-not-exportable'],
    [1, 'personal-store-unreadable'],
  ])('understands exit code %d as %s, and passes on nothing that was printed', async (exit, code) => {
    const { powerShell } = powerShellThat(`printf c2VjcmV0; echo c2VjcmV0 >&2; exit ${exit}`);
    const error = await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'win32', powerShell }));
    expect(error).toMatchObject({ code, subject: THUMBPRINT });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify([error, error.message])).not.toContain('c2VjcmV0');
  });

  it('says that PowerShell has not answered, and does not take nothing for a PFX', async () => {
    const { powerShell } = powerShellThat('exit 0');
    const error = await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'win32', powerShell }));
    expect(error).toMatchObject({ code: 'personal-store-unreadable', message: containing('gave no certificate') });
  });

  it('says that there is no PowerShell', async () => {
    const powerShell = join(temporaryFolder(), 'powershell.exe');
    const error = await rejectionOf(findInPersonalStore(THUMBPRINT, { platform: 'win32', powerShell }));
    expect(error).toMatchObject({ code: 'personal-store-unreadable', message: containing('ENOENT') });
  });
});

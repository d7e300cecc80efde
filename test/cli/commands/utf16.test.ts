import { readFileSync, writeFileSync } from 'node:fs';
import { type Outcome, removeWorkplaces, Workplace } from '../../support/cli';

afterAll(removeWorkplaces);

/** As `Get-Content file > file` leaves it in Windows PowerShell. */
function redirect(file: string): void {
  const text = readFileSync(file, 'utf8').replaceAll('\n', '\r\n');
  writeFileSync(file, Buffer.from(`\uFEFF${text}`, 'utf16le'));
}

describe('a folder whose files PowerShell has written', () => {
  it('is read by every command as it was before', async () => {
    const workplace = new Workplace();
    await workplace.run(['issue', '--at', '2026-06-01T12:00:00Z']);
    const commands = [
      ['status', '--at', '2026-07-01'],
      ['issue', '--at', '2026-07-01'],
      ['export', 'primary/rest-api', '--password-env', 'PFX_PASSWORD', '--force'],
    ];
    const outcomes = async (): Promise<Outcome[]> => {
      const all: Outcome[] = [];
      for (const args of commands) all.push(await workplace.run(args, { env: { PFX_PASSWORD: 'correct horse' } }));
      return all;
    };
    const before = await outcomes();
    expect(before.map(({ code }) => code)).toEqual([0, 0, 0]);
    const crt = workplace.path('keystore/primary/rest-api/0001.crt');
    for (const file of [
      workplace.path('vb365.yaml'),
      workplace.path('keystore/recipients.txt'),
      workplace.identity,
      crt,
    ])
      redirect(file);
    expect(await outcomes()).toEqual(before);
    const renewed = await workplace.run(['renew', 'primary/rest-api', '--at', '2026-07-02']);
    expect(renewed).toMatchObject({ code: 0, stderr: '' });
    expect((await workplace.run(['reseal'])).code).toBe(0);
  });
});

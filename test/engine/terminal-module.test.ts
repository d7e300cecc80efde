import { judgeCdktfCli, TERMINAL_MODULE } from '../../lib/engine/terminal-module';
import { removeWorkplaces, Workplace } from '../support/cli';

afterAll(removeWorkplaces);

/** A folder with a cdktf-cli whose terminal module is the one of the text. */
function workplaceWith(terminalModule: string | undefined, at = 'node_modules'): Workplace {
  const workplace = new Workplace(null);
  workplace.write('node_modules/cdktf-cli/package.json', '{ "name": "cdktf-cli", "version": "0.21.0" }');
  if (terminalModule !== undefined) workplace.write(`${at}/${TERMINAL_MODULE}/index.js`, terminalModule);
  return workplace;
}

describe('judgeCdktfCli', () => {
  it('says nothing where there is no cdktf-cli', () => {
    expect(judgeCdktfCli(new Workplace(null).folder)).toEqual([]);
  });

  it('says nothing of the cdktf-cli of this project, which starts', () => {
    expect(judgeCdktfCli(__dirname)).toEqual([]);
  });

  it.each(['node_modules', 'node_modules/cdktf-cli/node_modules'])(
    'says nothing where the module loads, found in %s',
    (at) => {
      expect(judgeCdktfCli(workplaceWith('exports.spawn = () => {};', at).folder)).toEqual([]);
    },
  );

  it('looks above the folder, as Node does', () => {
    const workplace = workplaceWith(undefined);
    workplace.write('infra/vb365.yaml', '');
    expect(judgeCdktfCli(workplace.path('infra'))).toHaveLength(1);
  });

  it.each([
    [
      'native code of another Node',
      `process.dlopen({ exports: {} }, require.resolve('./index.js'));`,
      'ERR_DLOPEN_FAILED',
    ],
    ['nothing', undefined, 'MODULE_NOT_FOUND'],
  ])('tells the cure where it finds %s', (_, terminalModule, code) => {
    const { folder } = workplaceWith(terminalModule);
    const [finding] = judgeCdktfCli(folder);
    expect(finding).toMatchObject({ id: 'cdktf-cli-cannot-start', severity: 'warning', subject: 'cdktf-cli' });
    expect(finding?.message).toContain(`under Node ${process.version.slice(1)} on`);
    expect(finding?.message).toContain(`does not load (${code})`);
    expect(finding?.cure).toMatch(/npx vb365 init.* "npm uninstall cdktf-cli" and "npm install --save-dev cdktf-cli"/);
  });
});

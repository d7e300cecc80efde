import { childEnvironment } from '../../../lib/system/child-environment';
import { removeWorkplaces, Workplace } from '../../support/cli';

afterAll(removeWorkplaces);

describe('A variable that holds a password', () => {
  it.each([
    ['export', '--password-env', 'EXPORT_PASSWORD'],
    ['import', '--password-env', 'IMPORT_PASSWORD'],
    ['install', '--rest-password-env', 'INSTALL_PASSWORD'],
    ['verify', '--rest-password-env', 'VERIFY_PASSWORD'],
  ])('of %s %s reaches no program that is started', async (command, option, name) => {
    const environment = { [name]: 'hunter2', OTHER: 'x' };
    expect(childEnvironment(environment, true)).toEqual(environment);
    const lineage = command === 'verify' ? [] : ['absent/entra-application'];
    // There is no such lineage: it ends before anything is done.
    await new Workplace().run([command, ...lineage, option, name, '--config', 'absent.yaml'], { env: environment });
    expect(childEnvironment(environment, true)).toEqual({ OTHER: 'x' });
  });
});

import { childEnvironment, withholdFromChildren } from '../../lib/system/child-environment';

const SECRETS = [
  ...['ARM_CLIENT_SECRET', 'ARM_CLIENT_SECRET_FILE_PATH', 'ARM_CLIENT_CERTIFICATE', 'ARM_CLIENT_CERTIFICATE_PASSWORD'],
  ...['ARM_CLIENT_CERTIFICATE_PATH', 'ARM_OIDC_TOKEN', 'ARM_OIDC_TOKEN_FILE_PATH', 'ARM_OIDC_REQUEST_TOKEN'],
  ...['ARM_ACCESS_KEY', 'ARM_SAS_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'SYSTEM_ACCESSTOKEN', 'arm_client_secret'],
];
const PUBLIC = ['PATH', 'HOME', 'ARM_TENANT_ID', 'ARM_CLIENT_ID', 'ARM_ENVIRONMENT', 'ARM_USE_OIDC', 'GITHUB_TOKEN'];
const OURS = ['VB365_REST_PASSWORD', 'VB365_IDENTITY', 'vb365_config'];

function of(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, 'x']));
}

describe('childEnvironment', () => {
  it('leaves out what is ours, and the secrets of the account of Terraform', () => {
    expect(childEnvironment(of([...SECRETS, ...PUBLIC, ...OURS]))).toEqual(of(PUBLIC));
  });

  it('leaves those secrets to whoever has to sign in to Azure', () => {
    expect(childEnvironment(of([...SECRETS, ...PUBLIC, ...OURS]), true)).toEqual(of([...SECRETS, ...PUBLIC]));
  });

  it('leaves out a variable that holds a password, once it has been named', () => {
    expect(childEnvironment(of(['My_Pfx_Password']), true)).toEqual(of(['My_Pfx_Password']));
    withholdFromChildren('My_Pfx_Password');
    expect(childEnvironment(of(['My_Pfx_Password', 'MY_PFX_PASSWORD', 'PATH']), true)).toEqual(of(['PATH']));
  });
});

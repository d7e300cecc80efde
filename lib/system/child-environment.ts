/** Names that `--password-env` and its like gave. People may have typed the password itself, so they are never shown. */
const withheld = new Set<string>();

/** From now on, no program that is started gets the variable of this name. */
export function withholdFromChildren(name: string): void {
  withheld.add(name.toUpperCase());
}

/**
 * Secrets of the account that Terraform's providers and its azurerm backend sign in with, and what they are found by. Who the
 * account is (`ARM_TENANT_ID`, `ARM_CLIENT_ID`) is no secret.
 *
 * Source: internal/provider/provider.go of terraform-provider-azuread, internal/backend/remote-state/azure/backend.go of
 * Terraform (`ARM_ACCESS_KEY`, `ARM_SAS_TOKEN`)
 */
const AZURE_SECRET =
  /^(?:ARM_\w*(?:SECRET|PASSWORD|TOKEN|KEY|CERTIFICATE)\w*|ACTIONS_ID_TOKEN_REQUEST_TOKEN|SYSTEM_ACCESSTOKEN)$/i;

/**
 * What another program gets of an environment. Nothing that is ours, because `VB365_*` may hold a password; none that holds
 * the password of a PFX or the REST API; and the secrets of the account of Terraform where it has to sign in with them.
 *
 * @param needsAzure whether the program signs in to Azure; git, PowerShell, SSH, and a Terraform that reads a file do not
 */
export function childEnvironment(environment: NodeJS.ProcessEnv, needsAzure = false): NodeJS.ProcessEnv {
  const isKept = (name: string): boolean =>
    !name.toUpperCase().startsWith('VB365_') &&
    !withheld.has(name.toUpperCase()) &&
    (needsAzure || !AZURE_SECRET.test(name));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isKept(name)));
}

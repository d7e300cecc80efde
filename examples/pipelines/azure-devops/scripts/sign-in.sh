# shellcheck shell=bash
# Sourced in AzureCLI@2 with addSpnToEnvironment: Terraform signs in as the service connection of the task, without a secret.
# It asks for a new token whenever it needs one, because one lives ten minutes only.
export ARM_USE_OIDC=true ARM_USE_CLI=false
export ARM_CLIENT_ID="${servicePrincipalId:?}"
export ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID="${AZURESUBSCRIPTION_SERVICE_CONNECTION_ID:?}"
export ARM_OIDC_REQUEST_TOKEN="${SYSTEM_ACCESSTOKEN:?}" ARM_OIDC_REQUEST_URL="${SYSTEM_OIDCREQUESTURI:?}"

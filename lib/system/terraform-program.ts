/** The terraform that a person uses, found as CDKTF finds it: `TERRAFORM_BINARY_NAME`, for OpenTofu or another path. */
export function terraformProgram(environment: NodeJS.ProcessEnv): string {
  const named = environment.TERRAFORM_BINARY_NAME ?? '';
  return named === '' ? 'terraform' : named;
}

/** A text whose commands of Terraform, such as `terraform init`, call the one that a person uses. */
export function withTerraformProgram(text: string, environment: NodeJS.ProcessEnv): string {
  const program = terraformProgram(environment);
  return text.replace(/\bterraform(?= (?:init|plan|show|apply|state)\b)/g, () => program);
}

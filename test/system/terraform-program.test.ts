import { terraformProgram, withTerraformProgram } from '../../lib/system/terraform-program';

describe('the terraform of a person', () => {
  it.each([
    [{}, 'terraform'],
    [{ TERRAFORM_BINARY_NAME: '' }, 'terraform'],
    [{ TERRAFORM_BINARY_NAME: 'tofu' }, 'tofu'],
    [{ TERRAFORM_BINARY_NAME: '/opt/$&/tofu' }, '/opt/$&/tofu'],
  ])('is what %j names, in commands too', (environment, program) => {
    expect(terraformProgram(environment)).toBe(program);
    const text = 'run "terraform init" in .terraform, then terraform show -json; terraform is cdktf-terraform';
    expect(withTerraformProgram(text, environment)).toBe(
      `run "${program} init" in .terraform, then ${program} show -json; terraform is cdktf-terraform`,
    );
  });
});

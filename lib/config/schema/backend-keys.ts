/** Mappings of state backends in CDKTF's spelling whose keys a person chooses: tags of AWS and HCP Terraform, headers of HTTP. */
const FREE_FORM = new Set(['tags', 'assumeRoleTags', 'headers']);

/** Whether the keys below a property of a state backend mean what they say: no spelling is right or wrong, and none is changed. */
export function isFreeForm(key: string): boolean {
  return FREE_FORM.has(key);
}

export const installationName = 'primary';

/** `organization-0001` */
export function organizationName(number: number): string {
  return `organization-${String(number).padStart(4, '0')}`;
}

export function tenantId(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
}

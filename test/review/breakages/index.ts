import { applicationBreakages } from './applications';
import { credentialBreakages } from './credentials';
import { driftBreakages } from './drift';
import type { Breakage } from './edits';
import { keystoreBreakages } from './keystore';
import { permissionBreakages } from './permissions';
import { planBreakages } from './plan';
import { programBreakages } from './programs';
import { redirectUriBreakages } from './redirect-uris';
import { shapeBreakages } from './shapes';

/** Everything that the rules are there to find, each in a plan that Terraform has made. */
export const breakages: readonly Breakage[] = [
  ...planBreakages,
  ...programBreakages,
  ...applicationBreakages,
  ...credentialBreakages,
  ...keystoreBreakages,
  ...permissionBreakages,
  ...redirectUriBreakages,
  ...driftBreakages,
  ...shapeBreakages,
];

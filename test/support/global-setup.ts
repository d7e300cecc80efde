import { compilePrograms } from './compile';
import findTerraform from './find-terraform';

/** Once, before all tests. */
export default function globalSetup(): void {
  compilePrograms();
  findTerraform();
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entraPrivileges, pipelinePrivileges } from '../../lib/catalogue/entra-privileges';

const readme = readFileSync(join(__dirname, '..', '..', 'examples', 'pipelines', 'README.md'), 'utf8');

/** Rows with four cells that begin with an identity, without the last one, which says where. */
const rows = [...readme.matchAll(/^ *\| `(\w+)` +\| (.+?) +\| (.+?) +\| .+? +\|$/gm)].map(
  ([, identity, purpose, permissions]) => [identity, purpose, permissions],
);

describe('the table of the pipelines', () => {
  it('lists the privileges of the catalogue, which the end-to-end tests try, and no others', () => {
    const expected = Object.entries(pipelinePrivileges).flatMap(([identity, ids]) =>
      ids.map((id) => [identity, entraPrivileges[id].purpose, entraPrivileges[id].permissions.join(' and ')]),
    );
    expect(rows).toEqual(expected);
  });
});

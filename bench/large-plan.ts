import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Plans that Terraform has made, with the configuration and the certificates of their moment. */
const RECORDED = resolve(__dirname, '../test/review/plans');
const KINDS = ['organization-created', 'credential-added', 'service-added'] as const;
const CONFIGURATION: (typeof KINDS)[number] = 'credential-added';

/** A moment at which their certificates are valid. */
export const REVIEWED_AT = '2026-11-21T00:00:00Z';

/** A plan as a file, beside a configuration that knows some of it. */
export interface LargePlan {
  readonly folder: string;
  readonly file: string;
  readonly changes: number;
}

interface Resource {
  readonly type: string;
  readonly mode: string;
}

interface RecordedPlan {
  readonly resource_changes: readonly (Resource & { readonly change: Readonly<Record<'before' | 'after', unknown>> })[];
  readonly resource_drift?: readonly Resource[];
  readonly planned_values: { readonly root_module: { readonly resources: readonly Resource[] } };
  readonly prior_state?: { readonly values?: { readonly root_module: { readonly resources: readonly Resource[] } } };
  readonly configuration: { readonly root_module: { readonly resources: readonly Resource[] } };
}

/** The same resources over and over, each copy with addresses and ids of its own, until there are so many changes. */
export function writeLargePlan(folder: string, leastChanges: number): LargePlan {
  cpSync(join(RECORDED, CONFIGURATION), folder, { recursive: true });
  const kinds = KINDS.map((name) => new Kind(readFileSync(join(RECORDED, name, 'plan.json'), 'utf8')));
  const copies: Copy[] = [];
  let changes = 0;
  for (let number = 1; changes < leastChanges; number += 1) {
    const kind = kinds[number % kinds.length];
    if (kind === undefined) break;
    copies.push(kind.copy(number));
    changes += kind.changes;
  }
  const file = join(folder, 'plan.json');
  writeFileSync(file, planText(copies));
  return { folder, file, changes };
}

/** Text of the entries of each list of a plan. */
type Copy = Readonly<Record<'changes' | 'drift' | 'planned' | 'prior' | 'configuration', string>>;

class Kind {
  readonly changes: number;
  readonly #text: string;
  readonly #ids: readonly string[];

  constructor(text: string) {
    // As trustworthy as the rest of the repository.
    const plan = JSON.parse(text) as RecordedPlan;
    this.changes = plan.resource_changes.length;
    this.#text = JSON.stringify({
      changes: entries(plan.resource_changes),
      drift: entries(plan.resource_drift),
      planned: entries(plan.planned_values.root_module.resources),
      prior: entries(plan.prior_state?.values?.root_module.resources),
      configuration: entries(plan.configuration.root_module.resources),
    });
    const own = plan.resource_changes.filter(({ type }) => /^azuread_(?:application|service_principal)$/.test(type));
    const ids = JSON.stringify(own.map(({ change }) => change)).matchAll(/"(?:object|client)_id":"([0-9a-f-]{36})"/g);
    this.#ids = [...new Set(Array.from(ids, ([, id = '']) => id))];
  }

  copy(number: number): Copy {
    const renamed = this.#text.replace(/_([0-9A-F]{8})\b/g, `_$1-${number}`);
    const text = this.#ids.reduce(
      (all, id) => all.replaceAll(id, String(number).padStart(8, '0') + id.slice(8)),
      renamed,
    );
    return JSON.parse(text) as Copy;
  }
}

function entries(list: readonly unknown[] = []): string {
  return list.map((entry) => JSON.stringify(entry)).join();
}

function planText(copies: readonly Copy[]): string {
  const list = (key: keyof Copy): string =>
    `[${copies
      .map((copy) => copy[key])
      .filter(Boolean)
      .join()}]`;
  const entra = '{"stack":"contoso","tenant":"00000000-0000-0000-0000-000000000002","region":"worldwide"}';
  return `{"format_version":"1.2","terraform_version":"1.9.0","complete":true,"errored":false,
"planned_values":{"root_module":{"resources":${list('planned')}}},
"resource_drift":${list('drift')},
"resource_changes":${list('changes')},
"output_changes":{"entra":{"actions":["no-op"],"before":${entra},"after":${entra}}},
"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":${list('prior')}}}},
"configuration":{"root_module":{"resources":${list('configuration')}}}}
`;
}

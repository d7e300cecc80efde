import { groupBy } from '../../words/lists';
import { objectOf, textOf } from '../../plan/json-values';
import type { Plan } from '../../plan/plan';
import type { PlannedApplication } from '../stack/application';
import type { CredentialContent, PlannedCredential } from '../stack/credential';
import { rememberedOnce } from './remembered';

/** Whether the application is neither destroyed nor replaced: otherwise that is what there is to say, and not what becomes of its parts. */
export function staysItself(application: PlannedApplication | undefined): boolean {
  return application?.effect !== 'destroy' && application?.effect !== 'replace';
}

/** Of what was there: `contoso/entra-application 0002`, else the thumbprint, else the address. */
export function leavingName({ address, before }: PlannedCredential): string {
  return contentName(before) ?? address;
}

/** The same of what comes or stays: where one takes the place of another, the other's name says nothing of it. */
export function comingName({ address, after }: PlannedCredential): string {
  return contentName(after) ?? address;
}

/** The key credentials of one application that stays itself; undefined: of one that another stack has. */
export interface ApplicationCredentials {
  readonly application: PlannedApplication | undefined;
  /** Taken away, with nothing in their place. */
  readonly removed: readonly PlannedCredential[];
  /** What the application has after the apply. */
  readonly remaining: readonly PlannedCredential[];
}

export const credentialsByApplication = rememberedOnce(({ credentials }): readonly ApplicationCredentials[] => {
  const staying = credentials.filter(({ application }) => staysItself(application));
  return Array.from(groupBy(staying, ({ holder }) => holder).values(), (all) => ({
    application: all[0]?.application,
    removed: all.filter(({ effect }) => effect === 'destroy'),
    remaining: all.filter(({ effect }) => effect !== 'destroy'),
  }));
});

/** Thumbprints of the certificates that the outputs of a stack tell the product to use. */
export function outputThumbprints(plan: Plan, when: 'before' | 'after'): ReadonlySet<string> {
  const thumbprints = plan.outputs.map((output) => {
    const { lineage, thumbprint } = objectOf(output[when]);
    return typeof lineage === 'string' ? textOf(thumbprint) : undefined;
  });
  return new Set(thumbprints.filter((thumbprint) => thumbprint !== undefined));
}

/** Whether the product shall use it after the apply: the keystore knows, otherwise the outputs say so. */
export function willBeCurrent(content: CredentialContent, outputs: ReadonlySet<string>): boolean {
  return content.kept?.current ?? outputs.has(content.certificate?.thumbprint ?? '');
}

function contentName(content: CredentialContent | undefined): string | undefined {
  return content?.name ?? content?.certificate?.thumbprint;
}

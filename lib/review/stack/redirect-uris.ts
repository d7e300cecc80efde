import {
  type RedirectPlatform,
  redirectPlatformIds,
  redirectPlatformOf,
  redirectPlatforms,
} from '../../addresses/redirect-platforms';
import { type JsonObject, objectsOf, textsOf } from '../../plan/json-values';
import { type Effect, expectedAfter, type Plan, type ResourceChange } from '../../plan/plan';
import type { PlannedApplication, PlannedApplications } from './application';

/** The redirect URIs of one platform of an application, before and after. */
export interface PlannedRedirectUris {
  readonly address: string;
  readonly effect: Effect;
  readonly application: PlannedApplication | undefined;
  readonly platform: RedirectPlatform;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Of every application, whether the URIs stand inline or are a resource of their own; those without any are left out. */
export function plannedRedirectUris(plan: Plan, applications: PlannedApplications): PlannedRedirectUris[] {
  return plan.changes
    .filter(({ managed }) => managed)
    .flatMap((change) => {
      if (change.type === 'azuread_application') return inlineUris(change, applications);
      return change.type === 'azuread_application_redirect_uris' ? ownUris(change, applications) : [];
    })
    .filter(({ after, before }) => before.length + after.length > 0);
}

function inlineUris(change: ResourceChange, applications: PlannedApplications): PlannedRedirectUris[] {
  const application = applications.at(change);
  const after = expectedAfter(change);
  return redirectPlatformIds.map((platform) => {
    const { block } = redirectPlatforms[platform];
    return {
      address: change.address,
      effect: change.effect,
      application,
      platform,
      before: urisOf(change.before, block),
      after: urisOf(isUnknown(change, block) ? change.before : after, block),
    };
  });
}

function isUnknown({ unknown }: ResourceChange, block: string): boolean {
  return objectsOf(unknown[block]).some(({ redirect_uris: uris }) => uris === true);
}

function urisOf(values: JsonObject, block: string): string[] {
  return objectsOf(values[block]).flatMap(({ redirect_uris: uris }) => textsOf(uris));
}

/** Two entries where they move from one application, or from one platform, to another. */
function ownUris(change: ResourceChange, applications: PlannedApplications): PlannedRedirectUris[] {
  const { address, effect } = change;
  const [was, willBe] = [redirectPlatformOf(change.before.type), redirectPlatformOf(change.after.type)];
  const application = applications.of(change, 'application_id');
  const previous = effect === 'create' ? application : applications.before(change, 'application_id');
  const before = textsOf(change.before.redirect_uris);
  const after = textsOf(expectedAfter(change).redirect_uris);
  const entry = (
    platform: RedirectPlatform | undefined,
    rest: Pick<PlannedRedirectUris, 'application' | 'before' | 'after'>,
  ): PlannedRedirectUris[] => (platform === undefined ? [] : [{ address, effect, platform, ...rest }]);
  if (previous === application && (was === undefined || willBe === undefined || was === willBe)) {
    return entry(willBe ?? was, { application, before, after });
  }
  return [
    ...entry(was, { application: previous, before, after: [] }),
    ...entry(willBe, { application, before: [], after }),
  ];
}

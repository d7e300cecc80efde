import type { RawPlan } from '../recorded-plan';
import { type Breakage, INSTALLATION, changing, set } from './edits';

const PORTAL = 'https://portal.example.com:4443/';

export const redirectUriBreakages: readonly Breakage[] = [
  {
    rule: 'redirect-uri-added',
    what: 'beside the portal',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'https://a.example/']),
  },
  {
    rule: 'redirect-uri-removed',
    what: 'beside the portal',
    plan: INSTALLATION,
    mutate: spa([PORTAL, 'https://a.example/'], [PORTAL]),
  },
  {
    rule: 'redirect-uri-moved',
    what: 'beside the portal',
    plan: INSTALLATION,
    mutate: spa([PORTAL, 'https://a.example/'], [PORTAL, 'https://b.example/']),
  },
  {
    rule: 'redirect-uri-wildcard',
    what: 'of a domain',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'https://*.example.com/']),
  },
  {
    rule: 'redirect-uri-wildcard',
    what: 'not https either',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'http://a.example/*']),
  },
  {
    rule: 'redirect-uri-not-https',
    what: 'http',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'http://a.example/']),
  },
  {
    rule: 'redirect-uri-not-https',
    what: 'a host that looks local',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'http://localhost.a.example/']),
  },
  {
    rule: 'redirect-uri-not-https',
    what: 'another scheme',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, 'msal://auth']),
  },
  {
    rule: 'redirect-uri-not-https',
    what: 'at creation',
    plan: 'installation-created',
    mutate: spa([], [PORTAL, 'http://a.example/']),
  },
  {
    rule: 'attribute-unknown',
    what: 'the redirect URIs',
    plan: INSTALLATION,
    mutate: changing('azuread_application', (change) => {
      change.actions = ['update'];
      change.after_unknown = { single_page_application: [{ redirect_uris: true }] };
      set({ single_page_application: [{}] })(change);
    }),
  },
  { rule: 'portal-address-missing', what: 'removed', plan: INSTALLATION, mutate: spa([PORTAL], []) },
  {
    rule: 'portal-address-missing',
    what: 'never there',
    plan: INSTALLATION,
    mutate: spa(['https://a.example/'], ['https://a.example/']),
  },
];

function spa(before: readonly string[], after: readonly string[]): (plan: RawPlan) => void {
  return changing('azuread_application', (change) => {
    if (change.before !== null) set({ single_page_application: [{ redirect_uris: before }] }, 'before')(change);
    if (change.before !== null) change.actions = ['update'];
    set({ single_page_application: [{ redirect_uris: after }] })(change);
  });
}

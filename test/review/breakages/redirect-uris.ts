import type { RawPlan } from '../recorded-plan';
import { add, type Breakage, changing, INSTALLATION, ORGANIZATION, set } from './edits';

const PORTAL = 'https://portal.example.com:4443/';
const OTHER = 'https://portal.example.com:4443/other/';

export const redirectUriBreakages: readonly Breakage[] = [
  {
    rule: 'redirect-uri-added',
    what: 'beside the portal',
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, OTHER]),
  },
  ...[
    ['a host that nobody has declared', 'https://a.example/'],
    ['a name that looks like ours', 'https://xn--prtal-jua.example.com:4443/'],
    ['letters that look like ours', 'https://p\u043ertal.example.com:4443/'],
    ['a user name', 'https://portal.example.com:4443@a.example/'],
    ['a dot behind the name', 'https://portal.example.com.:4443/'],
    ['a part of the name', 'https://portal.example.com.a.example:4443/'],
    ['a backslash', 'https://a.example\\@portal.example.com:4443/'],
    ['a number that is an address', 'https://3232235777/'],
  ].map(([what = '', uri = '']): Breakage => ({
    rule: 'redirect-uri-foreign',
    what,
    plan: INSTALLATION,
    mutate: spa([PORTAL], [PORTAL, uri]),
  })),
  {
    rule: 'redirect-uri-foreign',
    what: 'a scheme that any program can claim',
    plan: ORGANIZATION,
    mutate: add('azuread_application_redirect_uris', { type: 'PublicClient', redirect_uris: ['evilapp://auth'] }),
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
    mutate: spa([PORTAL, 'https://a.example/'], [PORTAL, OTHER]),
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

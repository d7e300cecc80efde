import type { ReviewContext } from '../../../lib/review/stack/stack-plan';
import { add, changing, create, destroy, find, set, update } from '../breakages/edits';
import { certificate } from '../breakages/foreign-certificate';
import { idsOf, rawPlan, type RawPlan, recordedContext, reviewRaw, settled } from '../recorded-plan';

function idsAfter(name: string, mutate: (plan: RawPlan) => void, context?: ReviewContext): string[] {
  const plan = rawPlan(name);
  mutate(plan);
  return idsOf(reviewRaw(settled(plan), name, context));
}

function messageAfter(name: string, mutate: (plan: RawPlan) => void, context?: ReviewContext): string {
  const plan = rawPlan(name);
  mutate(plan);
  return reviewRaw(settled(plan), name, context)
    .findings.map(({ message }) => message)
    .join('\n');
}

function nothing(): void {
  // The plan as it is.
}

/** A context whose configuration differs in one part. */
function withPortal(name: string, multiTenant: boolean, webAddress: string): ReviewContext {
  const context = recordedContext(name);
  const { configuration } = context;
  const installations = configuration?.installations.map((installation) => {
    const application = { displayName: 'VB365 Restore Portal', multiTenant, additionalRedirectUris: [] };
    const restorePortal = { webAddress, consent: 'same-stack' as const, application };
    return { ...installation, restorePortal };
  });
  return { ...context, configuration: configuration && { ...configuration, installations: installations ?? [] } };
}

const ADDRESS = 'https://portal.example.com:4443';

describe('what is not worth saying', () => {
  it('is a superseded certificate that leaves after its time', () => {
    const context = recordedContext('credential-retired', new Date('2026-12-04T23:00:00Z'));
    expect(idsAfter('credential-retired', nothing, context)).toEqual([]);
  });

  it('is a consent that one resource gives up and another one takes over', () => {
    const ids = idsAfter('nothing-changed', (plan) => {
      const { change, type } = find(plan, 'azuread_app_role_assignment');
      add(type, { ...change.after })(plan);
      destroy(change);
    });
    expect(ids).toEqual([]);
  });

  it('is what the configuration says, where there is none', () => {
    const context = { ...recordedContext('credential-added'), configuration: undefined };
    const foreign = certificate('2026-11-01', '2027-11-01');
    const values = { value: foreign.pem, start_date: '2026-11-01T00:00:00Z', end_date: '2027-11-01T00:00:00Z' };
    const ids = idsAfter('credential-added', changing('azuread_application_certificate', set(values), 1), context);
    expect(ids).toEqual([]);
  });

  it('is an application for all tenants that the configuration asks for', () => {
    const widen = changing('azuread_application', set({ sign_in_audience: 'AzureADMultipleOrgs' }));
    const found = (multiTenant: boolean): string[] =>
      idsAfter('installation-created', widen, withPortal('installation-created', multiTenant, ADDRESS));
    expect(found(true)).not.toContain('audience-widened');
    expect(found(false)).toContain('audience-widened');
  });

  it('is a redirect URI on the own machine', () => {
    const id = String(find(rawPlan('nothing-changed'), 'azuread_application').change.after?.client_id);
    const uris = ['http://localhost', 'http://127.0.0.1:8080/', `msal${id}://auth`, 'urn:ietf:wg:oauth:2.0:oob'];
    const ids = idsAfter(
      'nothing-changed',
      changing('azuread_application', update({ public_client: [{ redirect_uris: uris }] })),
    );
    expect(ids).toEqual(['redirect-uri-added']);
  });
});

describe('what is said once', () => {
  it('is a stack of consents that is destroyed', () => {
    const ids = idsAfter('consent-granted', (plan) => {
      for (const { change, mode } of plan.resource_changes) {
        if (mode !== 'managed') continue;
        change.before = change.after;
        destroy(change);
      }
    });
    expect(ids).toEqual(['consent-withdrawn']);
  });

  it('is an application that somebody has deleted by hand, and the plan makes anew', () => {
    const recreated = (plan: RawPlan): void => {
      const { change, ...resource } = find(plan, 'azuread_application');
      plan.resource_drift.push({ ...resource, change: { ...change, actions: ['delete'], after: null } });
      for (const { change: own, mode } of plan.resource_changes) if (mode === 'managed') create(own);
    };
    expect(idsAfter('nothing-changed', recreated)).toEqual(['application-replaced', 'drift']);
    expect(messageAfter('nothing-changed', recreated)).toContain('was deleted outside of Terraform and is made anew');
  });

  it('is an application that is destroyed: nothing of its parts', () => {
    const ids = idsAfter('organization-created', (plan) => {
      for (const { change } of plan.resource_changes) {
        change.before = change.after;
        destroy(change);
      }
    });
    expect(ids).toEqual(['application-destroyed']);
  });

  it('is a resource type that is not ours, however many there are, with their count', () => {
    const many = (plan: RawPlan): void => {
      for (let count = 0; count < 100; count += 1) add('azurerm_key_vault', {}, 'create', `x${count}`)(plan);
    };
    expect(idsAfter('nothing-changed', many)).toEqual(['foreign-resource-changed']);
    expect(messageAfter('nothing-changed', many)).toMatch(/^100 resources of type azurerm_key_vault, .* and 80 more$/);
  });

  it('is what somebody has deleted by hand, however much it is', () => {
    const ids = idsAfter('nothing-changed', (plan) => {
      for (const { change, ...resource } of plan.resource_changes) {
        plan.resource_drift.push({ ...resource, change: { ...change, actions: ['delete'], after: null } });
      }
    });
    expect(ids).toEqual(['drift']);
  });

  it('is the last valid certificate that goes with the one that the product uses', () => {
    const all = (plan: RawPlan): void => {
      for (const { change, type } of plan.resource_changes) {
        if (type !== 'azuread_application_certificate') continue;
        change.before ??= change.after;
        destroy(change);
      }
    };
    expect(idsAfter('credential-added', all)).toEqual(['credential-current-removed', 'credential-current-removed']);
  });
});

describe('what a reviewer must see', () => {
  it('is that a certificate of the keystore is for another owner', () => {
    const context = recordedContext('installation-created');
    const { change } = find(rawPlan('installation-created'), 'azuread_application_certificate');
    const { after } = find(rawPlan('nothing-changed'), 'azuread_application_certificate').change;
    const stranger = { ...change.after, application_id: after?.application_id };
    const message = messageAfter('nothing-changed', add('azuread_application_certificate', stranger), context);
    expect(message).toMatch(/^the certificate primary\/restore-portal 0001 is added .* and it belongs to primary/);
  });

  it('is which of several applications at one address changes', () => {
    const message = messageAfter('nothing-changed', (plan) => {
      const application = find(plan, 'azuread_application');
      const { address, change } = application;
      const values = { ...change.after, display_name: 'the other', id: '/applications/other', client_id: 'other' };
      const other = { ...change, before: values, after: null, actions: ['delete'] };
      plan.resource_changes.push({ ...application, address: `${address}["b"]`, change: other });
      Object.assign(application, { address: `${address}["a"]` });
      update({ web: [{ redirect_uris: ['http://a.example/'] }] })(change);
    });
    expect(message).toContain('the application the other (other) of contoso is destroyed');
    expect(message).toContain('the application VB365 contoso gets the redirect URI http://a.example/');
  });

  it('is the directory role that takes the place of another one', () => {
    const message = messageAfter('nothing-changed', (plan) => {
      const { change } = find(plan, 'azuread_directory_role_assignment');
      update({ role_id: '62e90394-69f5-4237-9190-012177145e10' })(change);
      change.actions = ['delete', 'create'];
    });
    expect(message).toContain('loses a directory role that it needs (directory role: Global Reader)');
    expect(message).toContain('becomes an administrator of the tenant by Global Administrator (has every right)');
  });

  it('is what a permission is called that Veeam does not need', () => {
    const plan = rawPlan('nothing-changed');
    for (const { change, type } of plan.resource_changes) {
      if (type !== 'azuread_application_api_access') continue;
      if (change.after?.api_client_id !== '00000003-0000-0000-c000-000000000000') continue;
      const roles = Array.isArray(change.after.role_ids) ? change.after.role_ids : [];
      update({
        role_ids: [...roles, '9E3F62CF-CA93-4989-B6CE-BF83C28F9FE8'],
        scope_ids: ['d01b97e9-cbc0-49fe-810a-750afd5527a3'],
      })(change);
    }
    const { findings } = reviewRaw(plan, 'nothing-changed');
    const said = findings.map(({ id, message }) => `${id}: ${message}`).join('\n');
    expect(said).not.toContain('permission-unknown');
    expect(said).toContain(
      'administrator-made: the application VB365 contoso becomes an administrator of the tenant by RoleManagement.ReadWrite.Directory (assigns any directory role)',
    );
    expect(said).toContain(
      'asks for 1 permission that the declared services and purposes do not need: Microsoft Graph (delegated): RoleManagement.ReadWrite.Directory',
    );
  });

  it('is who gets what an application loses', () => {
    const message = messageAfter('nothing-changed', (plan) => {
      const { change } = find(plan, 'azuread_app_role_assignment');
      update({ principal_object_id: 'somebody' })(change);
      change.actions = ['delete', 'create'];
    });
    expect(message).toContain('the application VB365 contoso loses 1 permission');
    expect(message).toContain('the principal somebody that this stack does not know is given Office 365 Exchange');
  });

  it('is for whom a delegated permission is granted, where it is not for everybody', () => {
    const message = messageAfter('server-certificate-switched', (plan) => {
      const { change } = find(plan, 'azuread_service_principal_delegated_permission_grant');
      update({ user_object_id: 'somebody' })(change);
    });
    expect(message).toContain('Microsoft Graph (delegated) for the user somebody: User.Read');
  });

  it('is on which API a permission is asked for, where two have it under one id', () => {
    const message = messageAfter('nothing-changed', (plan) => {
      for (const { change, type } of plan.resource_changes) {
        const isGraph = change.after?.api_client_id === '00000003-0000-0000-c000-000000000000';
        if (type !== 'azuread_application_api_access' || !isGraph) continue;
        const roles = Array.isArray(change.after?.role_ids) ? change.after.role_ids : [];
        update({ role_ids: [...roles, 'df021288-bdef-4463-88db-98f22de89214'] })(change);
      }
    });
    expect(message).toContain('do not need: Microsoft Graph: User.Read.All');
  });

  it('is that the apply installs a certificate, where the stack declares it', () => {
    expect(messageAfter('server-certificate-switched', nothing)).toContain('Terraform does not install it');
    const message = messageAfter('installed-by-apply', nothing);
    expect(message).toContain('the apply installs it ("vb365 install", via local)');
    expect(message).not.toContain('Terraform does not install it');
  });

  it('is that the next certificate is installed in another way, which can be tried', () => {
    const plan = rawPlan('installed-by-apply');
    const { change } = find(plan, 'terraform_data', 2);
    change.before = { ...change.after, input: { installs: 'primary/restore-operator-authentication', via: 'ssh' } };
    update({})(change);
    const { findings } = reviewRaw(plan, 'installed-by-apply');
    expect(findings.map(({ cure }) => cure).join('\n')).toContain('"vb365 install --what-if" tries it');
  });

  it('is that a file holds the plan of another stack', () => {
    const plan = rawPlan('nothing-changed');
    const found = (name: string): string[] => idsOf(reviewRaw(plan, name, recordedContext('nothing-changed')));
    expect(found('contoso')).toEqual([]);
    expect(found('plan')).toEqual([]);
    expect(found('adatum-consent')).toEqual(['stack-unknown']);
  });

  it('is the owner of a stack whose name looks like that of consents', () => {
    const context = recordedContext('nothing-changed');
    const { configuration } = context;
    const organizations = configuration?.organizations.map((organization) => ({
      ...organization,
      name: organization.name === 'contoso' ? 'contoso-consent' : organization.name,
    }));
    const renamed = {
      ...context,
      configuration: configuration && { ...configuration, organizations: organizations ?? [] },
    };
    const plan = rawPlan('nothing-changed');
    const { entra } = plan.output_changes;
    for (const values of [entra?.before, entra?.after]) Object.assign(values ?? {}, { stack: 'contoso-consent' });
    expect(reviewRaw(plan, 'plan', renamed).stack.owner?.configuration.name).toBe('contoso-consent');
  });

  it('are the days for which two certificates overlap', () => {
    const context = recordedContext('credential-retired', new Date('2026-11-25T12:00:00Z'));
    expect(messageAfter('credential-retired', nothing, context)).toContain(
      'overlap for 5 days, where 14 days are asked',
    );
  });

  it('is each spelling of a portal address with the port 443', () => {
    const context = withPortal('server-certificate-switched', false, 'https://portal.example.com:443');
    const message = messageAfter('server-certificate-switched', nothing, context);
    expect(message).toContain('will not have https://portal.example.com:443/, https://portal.example.com/ among');
  });

  it('is never the user name of a redirect URI, which may be a password', () => {
    const uris = [`${ADDRESS}/`, 'http://admin:hunter2@a.example/'];
    const message = messageAfter(
      'server-certificate-switched',
      changing('azuread_application', update({ single_page_application: [{ redirect_uris: uris }] })),
    );
    expect(message).toContain('http://…@a.example/');
    expect(message).not.toContain('hunter2');
  });

  it('is what stops, in the words of the product', () => {
    const destroyed = changing('azuread_application_certificate', destroy);
    expect(messageAfter('nothing-changed', destroyed)).toContain('every backup and restore of contoso stops');
    expect(messageAfter('server-certificate-switched', destroyed)).toContain(
      'every sign-in to Restore Portal of primary',
    );
  });
});

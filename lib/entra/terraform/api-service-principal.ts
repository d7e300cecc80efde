import { DataAzureadServicePrincipal } from '@cdktf/provider-azuread/lib/data-azuread-service-principal';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type ApiName, apis } from '../../catalogue/permission-ids';

const known = new WeakMap<TerraformStack, Map<ApiName, DataAzureadServicePrincipal>>();

/**
 * The service principal of an API of Microsoft in the tenant, looked up once a stack.
 *
 * A data source, never `use_existing`: that would patch the service principal and delete it on destroy.
 * Source: azuread 3.7.0, measured.
 */
export function apiServicePrincipal(scope: Construct, api: ApiName): DataAzureadServicePrincipal {
  const stack = TerraformStack.of(scope);
  const ofStack = known.get(stack) ?? new Map<ApiName, DataAzureadServicePrincipal>();
  known.set(stack, ofStack);
  const found =
    ofStack.get(api) ?? new DataAzureadServicePrincipal(stack, `microsoft-${api}`, { clientId: apis[api].clientId });
  ofStack.set(api, found);
  return found;
}

import { type JsonObject, objectOf } from './json-values';

/** A module of the configuration that a plan repeats. */
export interface ConfiguredModule {
  readonly module: JsonObject;
  /** What stands before its addresses: `module.a.`; empty for the root module. */
  readonly prefix: string;
}

/** The root module and every one that it calls, as `configuration` of a plan holds them. */
export function modulesOf(root: JsonObject): ConfiguredModule[] {
  const modules: ConfiguredModule[] = [{ module: root, prefix: '' }];
  // The list grows while it is walked.
  for (const { module, prefix } of modules) {
    for (const [name, call] of Object.entries(objectOf(module.module_calls))) {
      modules.push({ module: objectOf(objectOf(call).module), prefix: `${prefix}module.${name}.` });
    }
  }
  return modules;
}

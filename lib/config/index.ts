export type * from './configuration';
export { type LineageDeclaration, lineagesOf } from './lineages';
export { readConfiguration } from './read-configuration';

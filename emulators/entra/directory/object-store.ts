/** Kinds of objects whose replication can lag. */
export type ReplicatedKind = 'application' | 'servicePrincipal';

/** Objects of one kind in one tenant, in the order of their creation. */
export class ObjectStore<T extends { readonly id: string }> {
  readonly #objects = new Map<string, T>();
  readonly #createdAt = new Map<string, number>();

  /** @param kind decides which replication lag hides its objects. @default none does */
  constructor(readonly kind?: ReplicatedKind) {}

  /** @param at when it was created: replication is counted from then. */
  add(object: T, at: Date): void {
    this.#objects.set(object.id, object);
    this.#createdAt.set(object.id, at.getTime());
  }

  /** A new value of an object that is there; its age stays. */
  replace(object: T): void {
    if (this.#objects.has(object.id)) this.#objects.set(object.id, object);
  }

  get(id: string): T | undefined {
    return this.#objects.get(id.toLowerCase()) ?? this.#objects.get(id);
  }

  all(): T[] {
    return [...this.#objects.values()];
  }

  /** What was created at or before a moment. */
  createdUntil(moment: Date): T[] {
    return this.all().filter(({ id }) => (this.#createdAt.get(id) ?? 0) <= moment.getTime());
  }

  delete(id: string): void {
    this.#objects.delete(id);
    this.#createdAt.delete(id);
  }
}

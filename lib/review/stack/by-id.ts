/** A map by the ids of Entra, which are the same in either case. */
export class ById<T> extends Map<string, T> {
  override get(id: string): T | undefined {
    return super.get(id.toLowerCase());
  }

  override has(id: string): boolean {
    return super.has(id.toLowerCase());
  }

  override set(id: string, value: T): this {
    return super.set(id.toLowerCase(), value);
  }
}

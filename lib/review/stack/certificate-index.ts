import type { LineageDeclaration } from '../../config/lineages';
import type { Generation } from '../../keystore/keystore';

/** A certificate of the keystore, with what the configuration says of its lineage. */
export interface KeptCertificate {
  readonly declaration: LineageDeclaration;
  readonly generation: Generation;
  /** Whether the product shall use it. */
  readonly current: boolean;
}

/**
 * The certificates of a keystore by thumbprint.
 *
 * A stack publishes the lineages of one owner, so those are read first, and the others only for a certificate that is none of
 * theirs: a review of one stack of a thousand opens a few files.
 */
export class CertificateIndex {
  readonly #byThumbprint = new Map<string, KeptCertificate>();
  readonly #currentByOwner = new Map<string, KeptCertificate[]>();
  readonly #unread: Map<string, LineageDeclaration[]>;

  constructor(
    /** Of every owner whose certificates shall be recognized. */
    readonly declarations: readonly LineageDeclaration[],
    /** The generations of a lineage, oldest first; asked once for each declaration, when its owner is looked at. */
    readonly generationsOf: (lineage: string) => readonly Generation[],
    /**
     * What a certificate was called that the keystore has no more, such as `contoso/entra-application 0001`, by its SHA-1 in
     * upper-case hex. @default nobody remembers any
     */
    readonly formerName: (thumbprint: string) => string | undefined = () => undefined,
  ) {
    this.#unread = new Map();
    for (const declaration of declarations) {
      this.#unread.set(declaration.owner, [...(this.#unread.get(declaration.owner) ?? []), declaration]);
    }
  }

  /**
   * Reads the lineages of `owner`, and those of the others only where it is none of these.
   *
   * @param thumbprintSha256 upper-case hex
   * @param owner whose certificates are looked at first
   */
  find(thumbprintSha256: string, owner: string): KeptCertificate | undefined {
    this.#read(owner);
    const found = this.#byThumbprint.get(thumbprintSha256);
    if (found !== undefined) return found;
    for (const other of [...this.#unread.keys()]) this.#read(other);
    return this.#byThumbprint.get(thumbprintSha256);
  }

  /** The newest certificate of each lineage of an owner. */
  currentOf(owner: string): readonly KeptCertificate[] {
    this.#read(owner);
    return this.#currentByOwner.get(owner) ?? [];
  }

  #read(owner: string): void {
    const declarations = this.#unread.get(owner);
    if (declarations === undefined) return;
    this.#unread.delete(owner);
    const kept = declarations.flatMap((declaration) => {
      const generations = this.generationsOf(declaration.name);
      return generations.map((generation) => ({
        ...{ declaration, generation },
        current: generation === generations.at(-1),
      }));
    });
    for (const one of kept) this.#byThumbprint.set(one.generation.certificate.thumbprintSha256, one);
    this.#currentByOwner.set(
      owner,
      kept.filter(({ current }) => current),
    );
  }
}

/** Who signs in to a REST API, and whom it is trusted by. */
export interface RestAccount {
  /** `DOMAIN\user` or `HOST\user`. */
  readonly username: string;
  /** Secret. */
  readonly password: string;
  /** Certificates of authorities to trust beside the generations of the keystore. */
  readonly caPem?: string | undefined;
}

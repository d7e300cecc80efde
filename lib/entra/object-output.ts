import { Lazy, TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

export interface ObjectOutputProps {
  readonly description: string;
  /** Asked when the stack is synthesized. */
  readonly value: () => object;
}

/**
 * An output whose value is an object or a list. It is lazy: of a plain one, CDKTF asks `util.isArray`, at which Node warns since 22 and which
 * it will not have for ever.
 */
export class ObjectOutput extends TerraformOutput {
  constructor(scope: Construct, id: string, { description, value }: ObjectOutputProps) {
    super(scope, id, { description, value: Lazy.anyValue({ produce: value }) });
  }
}

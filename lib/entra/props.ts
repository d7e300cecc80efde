import type { IConstruct } from 'constructs';
import { holdsToken } from '../addresses/token';
import { Vb365Error } from '../errors';

/**
 * Refuses a construct that lacks what it needs, which the compiler cannot do for JavaScript and for what is cast.
 *
 * @param path of the construct
 * @throws Vb365Error `prop-missing`
 */
export function requireProps<Props extends object>(
  path: string,
  props: Props | undefined,
  ...names: readonly (keyof Props & string)[]
): void {
  const given: Partial<Props> = props ?? {};
  const missing = names.filter((name) => (given[name] ?? undefined) === undefined);
  if (missing.length === 0) return;
  throw new Vb365Error('prop-missing', {
    subject: path,
    message: `${path} is not given ${missing.map((name) => `"${name}"`).join(', ')}`,
    cure: `pass ${missing.join(', ')} in its props`,
  });
}

const EXPRESSION = /[$%]\{/;

/**
 * Brings a prop into its canonical form, as `vb365.yaml` does; a token, or an expression of
 * Terraform (`${var.host}`), passes untouched, for only Terraform will know it.
 *
 * @throws Vb365Error what `parse` throws, with the construct and the prop as its subject
 */
export function parseProp({ node }: IConstruct, name: string, value: string, parse: (text: string) => string): string {
  if (typeof value !== 'string') {
    throw new Vb365Error('prop-missing', {
      subject: `${node.path}: ${name}`,
      message: `${name} is ${typeof value}, and not a text`,
      cure: `pass ${name} as a text`,
    });
  }
  if (holdsToken(value) || EXPRESSION.test(value)) return value;
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const { code, cure, message } = error;
    throw new Vb365Error(code, { subject: `${node.path}: ${name}`, message, cure, cause: error });
  }
}
